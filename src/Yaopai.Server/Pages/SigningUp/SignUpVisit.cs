using Yaopai.Server.Consents;

namespace Yaopai.Server.Pages.SigningUp;

/// <summary>With what somebody signs up in this browser.</summary>
/// <param name="Typed">A number or a mail address, as it was typed.</param>
internal sealed record SignUpVisit(string Browser, string Typed, DateTimeOffset IssuedAt) : ITicket
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public static byte Kind => 15;

    public DateTimeOffset ExpiresAt => IssuedAt + Lifetime;
}
