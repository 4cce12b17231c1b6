using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>What the driver leaves out.</summary>
internal static class SqliteNative
{
    private const int HasMovedControl = 20; // SQLITE_FCNTL_HAS_MOVED

    private static readonly byte[] s_main = Encoding.ASCII.GetBytes("main\0");

    /// <summary>Whether the file was deleted, or another is where it was. False where the system cannot say.</summary>
    public static bool HasMoved(SqliteConnection connection) =>
        Control(connection.Handle!.DangerousGetHandle(), s_main, HasMovedControl, out var moved) == 0 && moved != 0;

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern int Control(IntPtr database, byte[] name, int operation, out int answer);
}
