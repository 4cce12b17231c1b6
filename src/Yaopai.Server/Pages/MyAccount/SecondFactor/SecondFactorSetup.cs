using Yaopai.Server.Consents;

namespace Yaopai.Server.Pages.MyAccount.SecondFactor;

/// <summary>A secret that a person was shown and has not confirmed: nothing of it is stored until they do.</summary>
/// <param name="SessionId">The sign-in in which it was shown: in another it is worth nothing.</param>
internal sealed record SecondFactorSetup(long AccountId, Guid SessionId, byte[] Secret, DateTimeOffset IssuedAt) : ITicket
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    public static byte Kind => 13;

    public DateTimeOffset ExpiresAt => IssuedAt + s_lifetime;
}
