using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>The operating system's SQLite, so that it is patched with the system and not with this program.</summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<bool> s_loaded = new(Load);

    public static void EnsureLoaded() => _ = s_loaded.Value;

    private static bool Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name is "e_sqlite3" ? NativeLibrary.Load(SystemName) : 0;

    private static string SystemName =>
        OperatingSystem.IsWindows() ? "winsqlite3"
        : OperatingSystem.IsMacOS() ? "/usr/lib/libsqlite3.dylib"
        : "libsqlite3.so.0";
}
