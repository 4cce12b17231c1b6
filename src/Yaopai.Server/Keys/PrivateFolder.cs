namespace Yaopai.Server.Keys;

/// <summary>A folder for what nobody else on the machine may read.</summary>
internal static class PrivateFolder
{
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
