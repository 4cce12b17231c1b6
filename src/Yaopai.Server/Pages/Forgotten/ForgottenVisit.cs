using Yaopai.Server.Accounts.Recovery;
using Yaopai.Server.Consents;

namespace Yaopai.Server.Pages.Forgotten;

/// <summary>Whose code was asked for in this browser, and by which way.</summary>
/// <param name="Login">As it was typed; whether it is anybody's, nothing here says.</param>
internal sealed record ForgottenVisit(string Browser, string Login, CodeWay Way, DateTimeOffset IssuedAt) : ITicket
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public static byte Kind => 14;

    public DateTimeOffset ExpiresAt => IssuedAt + Lifetime;
}
