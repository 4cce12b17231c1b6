using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Accounts;

namespace Yaopai.Server.Admin;

/// <summary>A password from an argument or from standard input; never shown, not even when it is refused.</summary>
internal sealed class PasswordInput(Shell shell)
{
    private static readonly Dictionary<PasswordFault, string> s_faults = new()
    {
        [PasswordFault.Length] = $"A password must have {Passwords.Shortest} to {Passwords.Longest} characters.",
        [PasswordFault.Guessable] = "This password is easily guessed: it is common, a login of the user, or very simple.",
    };

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
    /// <param name="person">For whom it is.</param>
    public async Task<string?> ReadAsync(ParseResult result, Account person)
    {
        var password = result.GetValue(_stdin) ? await shell.Terminal.In.ReadLineAsync() ?? "" : result.GetValue(_password);
        if (password is not null && Passwords.FaultOf(password, Passwords.LoginsOf(person)) is { } fault)
            throw CommandException.WrongUsage(OperatorErrors.Users.PasswordUnacceptable, s_faults[fault]);

        return password;
    }
}
