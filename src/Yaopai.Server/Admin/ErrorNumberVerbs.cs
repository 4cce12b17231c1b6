using System.CommandLine;
using System.CommandLine.Parsing;
using Yaopai.Errors;

namespace Yaopai.Server.Admin;

/// <summary><c>errors next</c> and <c>errors modules</c>: which numbers of the scheme A-BB-CCC are taken, and which is free.</summary>
internal static class ErrorNumberVerbs
{
    public static Command Next(Shell shell)
    {
        var module = new Argument<ServiceErrorCode>("module")
        {
            Description = "The level and the module: 2-05.",
            CustomParser = ReadModule,
        };
        var file = ErrorTables.File();
        var add = Inputs.Text(
            "--add", "name", "Reserves the number: adds a row with this name to the file; its texts are still empty.", NameFault);
        var name = Inputs.Text("--module", "name", "The name of a module that is not in the file yet.", NameFault);

        var verb = Shell.Offline(
            "next", "Shows the next free number of a module: its highest plus one.", [module, file, add, name, shell.Json],
            async (result, ct) =>
            {
                var first = result.GetValue(module);
                var path = result.GetValue(file);
                var (code, row) = path is not null && result.GetValue(add) is { } added
                    ? await ErrorTables.AddAsync(path, first, result.GetValue(name), added, ct)
                    : Free(path, first, result.GetValue(name));

                if (result.GetValue(shell.Json))
                    await shell.Out.WriteAsync(
                        Fields.ToJson(new Field[] { new("code", $"{code}"), new("compact", code.ToCompactString()), new("row", row) }));
                else
                    await shell.Out.WriteLineAsync($"{code}");
                return ExitCode.Done;
            });
        verb.Validators.Add(result =>
        {
            if (result.GetResult(add) is not null && result.GetResult(file) is null)
                result.AddError("--add needs a file to add to: --file errors.tsv");
        });
        return verb;
    }

    public static Command Modules(Shell shell)
    {
        var file = ErrorTables.File();

        return Shell.Offline(
            "modules", "Lists the modules with the next free number of each.", [file, shell.Json], async (result, _) =>
            {
                var modules = result.GetValue(file) is { } path
                    ? ErrorTables.Numbered(path).Modules
                    : ServiceErrorModule.Of(OfTheServer());
                var rows = modules.Select(FieldsOf).ToList();
                await shell.Out.WriteAsync(
                    result.GetValue(shell.Json) ? Fields.ToJson(rows) : Table.Of(rows, "module", "name", "taken", "next"));
                return ExitCode.Done;
            });
    }

    private static (ServiceErrorCode Code, string Row) Free(string? path, ServiceErrorCode first, string? name)
    {
        if (path is null)
            return Draft(ErrorTables.Next(OfTheServer().Select(error => error.Code), first), name);

        var table = ErrorTables.Numbered(path);
        return Draft(ErrorTables.Next(table.Codes, first), ErrorTables.NameOf(table, first) ?? name);
    }

    private static (ServiceErrorCode Code, string Row) Draft(ServiceErrorCode code, string? module) =>
        (code, ErrorTable.Draft(code, module ?? "", ""));

    /// <summary>The numbers that this program itself has taken.</summary>
    private static IEnumerable<(ServiceErrorCode Code, string Module)> OfTheServer() =>
        ErrorCatalogue.All.Where(error => error.ServiceCode.HasValue).Select(error => (error.ServiceCode!.Value, error.Operation));

    private static ServiceErrorCode ReadModule(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (ServiceErrorCode.TryParse(text.Contains('-') ? $"{text}-001" : $"{text}001", out var first))
            return first;

        result.AddError($"A module is a level, 1 or 2, and a number from 01 to 99, like 2-05; not '{text}'.");
        return default;
    }

    private static string? NameFault(string value) =>
        ErrorTable.IsName(value) ? null : "must be a name in C#: letters and digits, beginning with a letter";

    private static IReadOnlyList<Field> FieldsOf(ServiceErrorModule module) =>
    [
        new("module", $"{module}"),
        new("name",   module.Name),
        new("taken",  module.Taken),
        new("next",   module.Next is { } next ? $"{next}" : "full"),
    ];
}
