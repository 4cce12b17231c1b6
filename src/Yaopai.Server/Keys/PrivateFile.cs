namespace Yaopai.Server.Keys;

/// <summary>A file that nobody else on the machine may read.</summary>
internal static class PrivateFile
{
    /// <summary>One that is not there yet.</summary>
    public static FileStream Create(string path)
    {
        var access = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            access.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, access);
    }

    /// <summary>Written aside and then renamed, so that a reader finds the old text or the new one, never half of one.</summary>
    public static void Replace(string path, string text)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var writer = new StreamWriter(Create(draft)))
                writer.Write(text);

            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
