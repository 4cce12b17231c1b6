namespace Yaopai.Server.Consents;

/// <summary>Says of a request since when it has asked for a sign-in: one from then on will do.</summary>
/// <param name="RequestHash">SHA-256 of the request.</param>
internal sealed record SignInAsked(byte[] RequestHash, DateTimeOffset IssuedAt) : ITicket
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    public static byte Kind => 4;

    public DateTimeOffset ExpiresAt => IssuedAt + s_lifetime;
}
