using System.CommandLine;
using System.Text;
using Yaopai.Errors;
using E = Yaopai.Errors.OperatorErrors.Catalogue;

namespace Yaopai.Server.Admin;

/// <summary>Tables of errors of one's own: the files that <c>--file</c> names.</summary>
internal static class ErrorTables
{
    private const int LockedHere = 11; // EWOULDBLOCK: the answer of flock
    private const int LockedOnWindows = 32; // ERROR_SHARING_VIOLATION
    private const int Tries = 50;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    public static Option<string?> File() => new("--file")
    {
        Description = "Your own error table, instead of the catalogue.",
        HelpName = "errors.tsv",
    };

    /// <summary>The errors of the file; of the catalogue when there is none.</summary>
    public static IReadOnlyList<ErrorDefinition> ErrorsOf(string? file)
    {
        if (file is null)
            return ErrorCatalogue.All;

        var table = ErrorTable.Read(file);
        return table.Faults.Count == 0
            ? table.Errors
            : throw new CommandException(
                E.TableFaulty, $"{table.File} cannot be used:\n{string.Join('\n', table.Faults.Select(fault => $"  {fault}"))}");
    }

    /// <summary>A table whose errors have codes A-BB-CCC, also when it has faults of other kinds.</summary>
    public static ErrorTable Numbered(string file) => Numbered(ErrorTable.Read(file));

    /// <summary>Writes a row that holds the module's next number. Of several at once each gets one of its own.</summary>
    public static async Task<(ServiceErrorCode Code, string Row)> AddAsync(
        string file, ServiceErrorCode first, string? module, string name, CancellationToken ct)
    {
        await using var stream = await OpenAloneAsync(file, ct);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(ct);
        var table = Numbered(ErrorTable.Parse(file, text));
        var known = NameOf(table, first);
        if ((known ?? module) is not { } moduleName || (module is not null && module != moduleName))
            throw CommandException.WrongUsage(
                E.ModuleUnnamed, known is null ? "The module is new: it needs a name." : $"The module is {known}, not {module}.");
        if (table.Holds(moduleName, name))
            throw new CommandException(E.NameTaken, $"{table.File} has {moduleName}.{name} already.");

        var code = Next(table.Codes, first);
        var row = ErrorTable.Draft(code, moduleName, name);
        stream.Seek(0, SeekOrigin.End);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{(text is [.., '\n'] ? "" : "\n")}{row}\n"), ct);
        return (code, row);
    }

    public static ServiceErrorCode Next(IEnumerable<ServiceErrorCode> taken, ServiceErrorCode first) =>
        ServiceErrorCode.TryNext(first.Level, first.Module, taken, out var next)
            ? next
            : throw new CommandException(E.ModuleFull, $"The 999 numbers of module {$"{first}"[..4]} are used.");

    /// <summary>A module has the same name on both levels.</summary>
    public static string? NameOf(ErrorTable table, ServiceErrorCode first) =>
        table.Modules.FirstOrDefault(module => module.Module == first.Module)?.Name;

    private static ErrorTable Numbered(ErrorTable table) =>
        table.IsNumbered ? table : throw new CommandException(E.TableNotNumbered, $"{table.File} has no column of codes A-BB-CCC.");

    private static async Task<FileStream> OpenAloneAsync(string file, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException locked) when ((locked.HResult & 0xffff) is LockedHere or LockedOnWindows)
            {
                if (tries == Tries)
                    throw new CommandException(E.TableBusy, $"{Path.GetFileName(file)} is in use.");
            }

            await Task.Delay(s_pause, ct);
        }
    }
}
