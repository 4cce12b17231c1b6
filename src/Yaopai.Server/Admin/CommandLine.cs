using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Yaopai.Errors;
using Yaopai.Server.Hosting;

namespace Yaopai.Server.Admin;

/// <summary>The verbs of the program, and what they have in common.</summary>
internal static class CommandLine
{
    /// <summary>How people start the program.</summary>
    public const string Name = "./run.sh";

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken ct = default)
    {
        var result = Root(new Shell(terminal)).Parse(args);
        if (result.Action is ParseErrorAction)
        {
            await terminal.Error.WriteAsync(WrongUsage(result));
            return ExitCode.WrongUsage;
        }

        try
        {
            return await result.InvokeAsync(
                new() { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false }, ct);
        }
        catch (CommandException refusal)
        {
            await terminal.Error.WriteLineAsync($"{refusal.Complaint}");
            return refusal.ExitCode;
        }
        catch (Exception exception) when (StartupFailures.Explain(exception) is { } complaint)
        {
            await terminal.Error.WriteLineAsync($"{complaint}");
            return ExitCode.Refused;
        }
    }

    /// <summary>All verbs, as they are read.</summary>
    public static RootCommand Tree() => Root(new Shell(Terminal.OfProcess));

    private static RootCommand Root(Shell shell) => new(
        """
        Yaopai, an open account platform of your own. Without a verb it serves.

        The verbs use the settings of the server (appsettings.json, YAOPAI_DATABASE, YAOPAI_DATA, YAOPAI_MASTER_KEY …) and may be used
        while it runs: it obeys within a second. They answer on standard output, say what went wrong on standard error, and end
        with 0 when done, 1 when refused or not found, 2 when the command itself was wrong. What went wrong has a code, 2-08-001,
        that `explain` knows.
        """)
    {
        HelpName = Name,
        Options = { shell.Database, shell.Data },
        Subcommands =
        {
            ServeVerb.Command(shell),
            ExplainVerb.Command(shell),
            ErrorsVerbs.Command(shell),
            GroupVerbs.Command(shell),
            DeveloperVerbs.Command(shell),
            AppVerbs.Command(shell),
            UserVerbs.Command(shell),
            TenantVerbs.Command(shell),
            KeysVerbs.Command(shell),
            AdminKeyVerbs.Command(shell),
            AuditVerbs.Command(shell),
            BackupVerb.Command(shell),
            CertificateVerb.Command(shell),
        },
    };

    private static string WrongUsage(ParseResult result)
    {
        var spelled = Spelled(result.CommandResult);
        var verbs = result.CommandResult.Command.Subcommands.Select(verb => verb.Name).ToList();
        var (error, faults) = verbs.Count == 0
            ? (OperatorErrors.CommandLine.OptionRefused, result.Errors.Select(error => error.Message).Distinct())
            : (OperatorErrors.CommandLine.VerbUnknown,
                [.. result.UnmatchedTokens.Take(1).Select(word => $"There is no {spelled} {Table.Printable(word)}."),
                    $"{spelled} is followed by: {string.Join(", ", verbs)}"]);
        return $"{error.Code}: {string.Join('\n', faults)}\n{spelled} --help shows more.\n";
    }

    private static string Spelled(CommandResult result) => string.Join(' ', [Name, .. WordsOf(result)]);

    /// <summary>The verb as it was called: <c>app</c>, <c>events</c>, <c>set</c>.</summary>
    public static IReadOnlyList<string> WordsOf(CommandResult? result)
    {
        var words = new Stack<string>();
        for (; result is { Command: not RootCommand }; result = result.Parent as CommandResult)
            words.Push(result.Command.Name);

        return [.. words];
    }
}
