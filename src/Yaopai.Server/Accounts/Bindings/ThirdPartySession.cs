namespace Yaopai.Server.Accounts.Bindings;

/// <summary>The last session that somebody began at another platform.</summary>
/// <param name="Id">A keyed hash of the identity: what callers name it by.</param>
/// <param name="SessionHash">Of what the caller was given for the session.</param>
/// <param name="SealedKey">What the other platform encrypts for the session with; it never leaves the server.</param>
internal sealed record StoredSession(
    byte[] Id, ThirdPartyIdentity Identity, byte[] SessionHash, byte[] SealedKey, DateTimeOffset ExpiresAt);

/// <summary>Sessions at other platforms, one for each identity: the last.</summary>
internal interface IThirdPartySessionStore
{
    Task PutAsync(StoredSession session, DateTimeOffset keepUntil, CancellationToken ct);

    Task<StoredSession?> FindAsync(byte[] id, CancellationToken ct);
}
