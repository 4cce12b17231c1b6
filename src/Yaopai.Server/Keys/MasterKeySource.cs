using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Keys;

/// <summary>Finds the master key: in the settings, else in a file of the data folder.</summary>
internal sealed class MasterKeySource(KeyOptions options, string dataFolder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(OwnerOnly | UnixFileMode.UserExecute);

    private string File => Path.GetFullPath(Path.Combine(dataFolder, "master.key"));

    /// <param name="mayCreate">False once keys are stored: a new master key could not open them.</param>
    public MasterKey Read(bool mayCreate)
    {
        if (options.HoldsMasterKey)
        {
            return new MasterKey(
                Decode(options.MasterKey!) ?? throw new MasterKeyException(MasterKeyFault.Malformed, KeyOptions.MasterKeyRule),
                $"{KeyOptions.SectionName}:MasterKey");
        }

        if (!System.IO.File.Exists(File))
        {
            if (!mayCreate)
            {
                throw new MasterKeyException(MasterKeyFault.Missing, $"The database holds keys, but {File}, which opens them, is missing.");
            }

            Create();
        }

        return ReadFile();
    }

    // Written aside and then linked: two processes that start at once agree on one key, and a crash leaves no half of one.
    private void Create()
    {
        PrivateFolder.Create(dataFolder);
        var draft = $"{File}.{Guid.NewGuid():N}";
        var access = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            access.UnixCreateMode = OwnerOnly;

        try
        {
            using (var stream = new FileStream(draft, access))
            {
                stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKey.Length)) + "\n"));
                stream.Flush(flushToDisk: true);
            }

            PublishOnce(draft);
        }
        catch (IOException) when (System.IO.File.Exists(File))
        {
            // Another process was first; its key is the one to read.
        }
        finally
        {
            System.IO.File.Delete(draft);
        }
    }

    /// <summary>Fails when the name is taken, without a moment between looking and taking: renaming would replace what is there.</summary>
    private void PublishOnce(string draft)
    {
        if (OperatingSystem.IsWindows())
            System.IO.File.Move(draft, File, overwrite: false);
        else if (Link(Terminated(draft), Terminated(File)) != 0 && !System.IO.File.Exists(File))
            throw new IOException($"{File} cannot be made (error {Marshal.GetLastPInvokeError()}).");

        static byte[] Terminated(string path) => [.. Encoding.UTF8.GetBytes(path), 0];
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] from, byte[] to);

    private MasterKey ReadFile()
    {
        if (!OperatingSystem.IsWindows() && System.IO.File.GetUnixFileMode(File) is var mode && (mode & Others) != 0)
        {
            throw new MasterKeyException(
                MasterKeyFault.Exposed, $"{File} is open to other users (mode {Convert.ToString((int)mode, 8)}), who could have read it.");
        }

        return new MasterKey(
            Decode(System.IO.File.ReadAllText(File))
                ?? throw new MasterKeyException(MasterKeyFault.Malformed, $"{File} does not hold a master key: 32 bytes in base64."),
            File);
    }

    private static byte[]? Decode(string text) =>
        Base64.IsValid(text, out var length) && length == MasterKey.Length ? Convert.FromBase64String(text) : null;
}
