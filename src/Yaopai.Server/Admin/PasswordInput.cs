using System.CommandLine;

namespace Yaopai.Server.Admin;

/// <summary>A password from an argument or from standard input; never shown, not even when it is refused.</summary>
internal sealed class PasswordInput(Shell shell)
{
    private readonly Option<string?> _password = new("--password")
    {
        Description = "The password. Other users of this machine can see arguments: --password-stdin is safer.",
        HelpName = "text",
    };

    private readonly Option<bool> _stdin = new("--password-stdin")
    {
        Description = "Reads the password from the first line of standard input.",
    };

    public Symbol[] Symbols => [_password, _stdin];

    public Command Hold(Command verb) => Inputs.Exclude(verb, _password, _stdin);

    /// <summary>Null when none is given.</summary>
    public async Task<string?> ReadAsync(ParseResult result) =>
        result.GetValue(_stdin) ? await shell.Terminal.In.ReadLineAsync() ?? "" : result.GetValue(_password);
}
