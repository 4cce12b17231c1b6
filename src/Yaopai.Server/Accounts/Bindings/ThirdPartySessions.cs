using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Apps;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Accounts.Bindings;

/// <summary>Begins sessions at other platforms and finds them again.</summary>
internal sealed class ThirdPartySessions(IThirdPartySessionStore store, KeyRing keys, IAppClock clock, TimeProvider time)
{
    private const int BytesOfId = 16;
    private const int BytesOfSession = 32;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(1);

    /// <summary>How long it is known that somebody was here.</summary>
    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(90);

    /// <returns>What the caller names the person by, and what proves that the session is theirs.</returns>
    public async Task<(string Id, string Session)> BeginAsync(ThirdPartyIdentity identity, string key, CancellationToken ct)
    {
        var id = IdOf(identity);
        var session = Base64Url.EncodeToString(Randomness.GetBytes(BytesOfSession));
        await store.PutAsync(
            new(id, identity, Hash(session), keys.SealPersonal(Owner(id), Encoding.UTF8.GetBytes(key)), clock.Now + s_lifetime),
            time.GetUtcNow() + s_remembered, ct);
        return (Base64Url.EncodeToString(id), session);
    }

    public static bool IsId(string text) => Base64Url.IsValid(text, out var length) && length is BytesOfId && !text.Contains('=');

    /// <summary>Null when nobody of that id was here lately.</summary>
    public Task<StoredSession?> FindAsync(string id, CancellationToken ct) => store.FindAsync(Base64Url.DecodeFromChars(id), ct);

    /// <summary>Whether the text was given out for this session, and the session lasts.</summary>
    public bool Holds(StoredSession session, string text) =>
        CryptographicOperations.FixedTimeEquals(session.SessionHash, Hash(text)) && clock.Now < session.ExpiresAt;

    /// <summary>Null when its key is gone.</summary>
    public async ValueTask<string?> KeyOfAsync(StoredSession session, CancellationToken ct) =>
        await keys.OpenPersonalAsync(Owner(session.Id), session.SealedKey, ct) is { } key ? Encoding.UTF8.GetString(key) : null;

    private byte[] IdOf(ThirdPartyIdentity identity)
    {
        Span<byte> derived = stackalloc byte[IdentifierKey.DerivedLength];
        keys.Derive("third-party identity"u8, Hash($"{identity.Provider}\0{identity.ProviderAppId}\0{identity.OpenId}"), derived);
        return derived[..BytesOfId].ToArray();
    }

    private static byte[] Owner(byte[] id) => [.. "third-party session"u8, .. id];

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
