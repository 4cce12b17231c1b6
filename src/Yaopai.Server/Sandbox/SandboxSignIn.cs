using System.Net;
using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Sandbox;

/// <summary>A try to sign in from anywhere, without a browser: counted and recorded like one on the page.</summary>
internal sealed class SandboxSignIn(SignIn signIn)
{
    private const int LongestDevice = 128;

    /// <param name="Code">Of the second factor, for a person who has one.</param>
    internal sealed record Request(string? User, string? Password, string? Address, string? Device, string? Code = null);

    public async Task<(SignInOutcome Outcome, Problem? Problem)> HandleAsync(Request request, IPAddress peer, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.User))
            return (default, Problem.Invalid("user: a name, or a bound phone number."));

        if (request.Address is { } text && !IPAddress.TryParse(text, out peer!))
            return (default, Problem.Invalid("address: an IPv4 or IPv6 address, or nothing for this caller's own."));

        if (request.Device?.Length > LongestDevice)
            return (default, Problem.Invalid($"device: at most {LongestDevice} characters, or nothing for a browser on its first visit."));

        var attempt = new SignInAttempt(request.User, request.Password ?? DemoData.Password, peer, request.Device ?? "");
        var (outcome, account) = await signIn.TryPasswordAsync(attempt, ct);
        if (outcome is SignInOutcome.CodeAsked && request.Code is { } code)
        {
            var second = new CodeAttempt(account!.Id, code, peer, attempt.DeviceId, IsSignIn: true);
            (outcome, _) = await signIn.TryCodeAsync(second, ct);
        }

        return (outcome, null);
    }

    public static string NameOf(SignInOutcome outcome) => outcome switch
    {
        SignInOutcome.SignedIn => "signed_in",
        SignInOutcome.Refused => "refused",
        SignInOutcome.LockedOut => "locked_out",
        SignInOutcome.Disabled => "disabled",
        SignInOutcome.CodeAsked => "code_asked",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
