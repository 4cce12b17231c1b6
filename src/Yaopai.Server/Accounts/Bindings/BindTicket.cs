using Yaopai.Server.Consents;

namespace Yaopai.Server.Accounts.Bindings;

/// <summary>A person whom another platform vouches for, and who has yet to say which account is theirs.</summary>
/// <param name="Id">What its one use is known by.</param>
/// <param name="AppId">The app that they came through; to every other it is nothing.</param>
internal sealed record BindTicket(Guid Id, long AppId, ThirdPartyIdentity Identity, DateTimeOffset IssuedAt) : ITicket
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static byte Kind => 7;

    public DateTimeOffset ExpiresAt => IssuedAt + Lifetime;
}
