namespace Yaopai.Server.Keys;

/// <summary>A file that nobody else on the machine may read.</summary>
internal static class PrivateFile
{
    /// <summary>Written aside and then renamed, so that a reader finds the old text or the new one, never half of one.</summary>
    public static void Replace(string path, string text)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var access = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            access.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        try
        {
            using (var writer = new StreamWriter(draft, access))
                writer.Write(text);

            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
