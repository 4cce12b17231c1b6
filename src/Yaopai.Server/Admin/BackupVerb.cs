using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Keys;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Admin;

/// <summary><c>backup</c>: the SQLite database as one file, while the server runs.</summary>
internal static class BackupVerb
{
    public static Command Command(Shell shell)
    {
        var file = new Argument<string>("file") { Description = "The file to create. Only its owner can read it." };

        return shell.Verb("backup",
            "Copies the SQLite database, its log included, to a file. Servers may keep running. "
            + "For PostgreSQL use pg_dump. The copy does not contain the master key.",
            [file], async (platform, result, ct) =>
            {
                var path = result.GetRequiredValue(file);
                if (File.Exists(path))
                    throw new CommandException(OperatorErrors.Storage.BackupPresent, $"{path} already exists.");

                PrivateFile.Create(path).Dispose();
                var done = false;
                try
                {
                    done = await platform.Get<Database>().TryBackUpAsync(path, ct);
                }
                finally
                {
                    if (!done)
                        File.Delete(path);
                }

                if (!done)
                    throw new CommandException(OperatorErrors.Storage.BackupElsewhere, "The database is not SQLite.");

                await shell.ShowAsync(result, [new("file", path), new("bytes", new FileInfo(path).Length)]);
            });
    }
}
