using System.CommandLine;
using System.CommandLine.Parsing;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;

namespace Yaopai.Server.Admin;

/// <summary>What verbs work with: the terminal, the options they share, and the platform.</summary>
internal sealed class Shell(Terminal terminal)
{
    private Trace? _trace;

    public Terminal Terminal => terminal;

    public TextWriter Out => terminal.Out;

    public Option<string?> Database { get; } = new("--database")
    {
        Description = "The database to use instead of the setting: sqlite:FILE, or postgres:CONNECTION-STRING.",
        HelpName = "where",
        Recursive = true,
    };

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "The data folder to use instead of the setting.",
        HelpName = "folder",
        Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Answers in JSON." };

    public Option<long?> After { get; } = Inputs.IdOf("--after", "Continues after this id, the last one on the previous page.");

    public Option<int> Take { get; } = Inputs.Number("--take", "The number of rows to list.", "n", least: 1, most: 1000, usual: 50);

    /// <summary>A verb over the platform. It ends well unless it throws a <see cref="CommandException"/>.</summary>
    public Command Verb(string name, string description, Symbol[] symbols, Func<Platform, ParseResult, CancellationToken, Task> run)
    {
        var command = Offline(name, description, [.. symbols, Json], static (_, _) => Task.FromResult(ExitCode.Done));
        command.SetAction(async (result, ct) =>
        {
            await using var platform = await Platform.OpenAsync(result.GetValue(Database), result.GetValue(Data), ct);
            await run(platform, result, ct);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A verb that changes something in its own way: the audit log has what it was called with, and what it shows.</summary>
    public Command Change(string name, string description, Symbol[] symbols, Func<Platform, ParseResult, CancellationToken, Task> run) =>
        Verb(name, description, symbols, (platform, result, ct) => platform.Get<Auditor>().RecordAsync(
            DeedOf(result),
            async trace =>
            {
                _trace = trace;
                await run(platform, result, ct);
                return true;
            }, ct));

    /// <summary>A verb that needs neither settings nor database.</summary>
    public static Command Offline(string name, string description, Symbol[] symbols, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }

        command.SetAction(run);
        return command;
    }

    /// <summary>Shows one thing: as lines for a reader, or as a JSON object.</summary>
    public Task ShowAsync(ParseResult result, IReadOnlyList<Field> fields)
    {
        Note(fields);
        return Out.WriteAsync(result.GetValue(Json) ? Fields.ToJson(fields) : Fields.ToText(fields));
    }

    /// <summary>What the audit log keeps of a change, where it is not what is shown.</summary>
    public void Note(IReadOnlyList<Field> fields)
    {
        _trace?.Is(fields);
        if (fields[0] is { Name: "id", Value: long id }) // people may be called by their names
            _trace?.Of($"{id}");
    }

    private static Deed DeedOf(ParseResult result)
    {
        var words = CommandLine.WordsOf(result.CommandResult);
        var arguments = result.CommandResult.Children.OfType<ArgumentResult>();
        var named = arguments.FirstOrDefault()?.Tokens is [var token, ..] ? token.Value : "";
        return new Deed(Actor.AtCommandLine, string.Join('.', words), words[0], named);
    }

    /// <summary>Says what was done all the same.</summary>
    public async Task WarnAsync(IEnumerable<string> warnings)
    {
        foreach (var warning in warnings)
            await terminal.Error.WriteLineAsync($"Warning: {Table.Printable(warning)}");
    }

    /// <summary>Shows one page: as a table, or as a JSON array.</summary>
    public Task ListAsync<T>(
        ParseResult result, string noun, Func<long, int, CancellationToken, Task<IReadOnlyList<T>>> read,
        Func<T, IReadOnlyList<Field>> fieldsOf, string[] columns, CancellationToken ct) =>
        PageAsync(
            result, $"{noun} list", (take, ct) => read(result.GetValue(After) ?? 0, take, ct), fieldsOf, columns, ct);

    /// <summary>The same for what has ids of its own kind.</summary>
    /// <param name="verb">What lists the next page, with <c>--after</c> and the first field of the last thing.</param>
    public async Task PageAsync<T>(
        ParseResult result, string verb, Func<int, CancellationToken, Task<IReadOnlyList<T>>> read,
        Func<T, IReadOnlyList<Field>> fieldsOf, string[] columns, CancellationToken ct)
    {
        var take = result.GetValue(Take);
        var found = await read(take + 1, ct); // one more says whether there is another page
        var page = found.Take(take).Select(fieldsOf).ToList();
        if (result.GetValue(Json))
        {
            await Out.WriteAsync(Fields.ToJson(page));
            return;
        }

        await Out.WriteAsync(Table.Of(page, columns));
        if (found.Count > take)
            await Out.WriteLineAsync($"\nMore: {CommandLine.Name} {verb} --after {Table.Printable(page[^1][0].Text)} --take {take}");
    }
}
