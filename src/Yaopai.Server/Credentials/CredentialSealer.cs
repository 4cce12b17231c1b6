using System.Buffers.Text;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Credentials;

/// <summary>How far a text came on its way to being a credential.</summary>
internal enum Reading
{
    /// <summary>Not base64.</summary>
    NotBase64,

    /// <summary>Bytes, but not laid out like anything of ours.</summary>
    NotACredential,

    /// <summary>Laid out like ours, but the seal does not hold.</summary>
    Unverified,

    Opened,
}

/// <summary>
/// Turns credentials into texts and back, without a database: header, key id, nonce, sealed record, tag; in base64, or in base64url where the
/// realm has it so.
/// </summary>
internal sealed class CredentialSealer(KeyRing keys)
{
    private const int HeaderLength = 3;
    private const int MaxLength = HeaderLength + KeyRing.Overhead + CredentialFormat.MaxLength;

    public string Seal(Credential credential)
    {
        Span<byte> plain = stackalloc byte[CredentialFormat.MaxLength];
        plain = plain[..CredentialFormat.Write(credential, plain)];

        Span<byte> whole = stackalloc byte[MaxLength];
        whole = whole[..(HeaderLength + KeyRing.Overhead + plain.Length)];
        WriteHeader(credential.Realm, credential.Kind, whole);
        keys.Seal(whole[..HeaderLength], plain, whole[HeaderLength..]);
        return IsUrlSafe(credential.Realm) ? Base64Url.EncodeToString(whole) : Convert.ToBase64String(whole);
    }

    /// <summary>Opens a text. A key that another node made a moment ago is looked for before the seal is called broken.</summary>
    public ValueTask<(Reading Reading, Credential? Credential)> OpenAsync(CredentialRealm realm, string text, CancellationToken ct)
    {
        var reading = Open(realm, text, out var credential, out var unknownKey);
        return unknownKey ? ReopenAsync(realm, text, ct) : ValueTask.FromResult((reading, credential));
    }

    private async ValueTask<(Reading, Credential?)> ReopenAsync(CredentialRealm realm, string text, CancellationToken ct)
    {
        if (!await keys.ReloadAsync(ct))
            return (Reading.Unverified, null);

        return (Open(realm, text, out var credential, out _), credential);
    }

    private Reading Open(CredentialRealm realm, string text, out Credential? credential, out bool unknownKey)
    {
        credential = null;
        unknownKey = false;

        // Nothing of ours is longer; what is cannot be ours.
        if (text.Length > Base64.GetMaxEncodedToUtf8Length(MaxLength))
            return Base64.IsValid(text) ? Reading.NotACredential : Reading.NotBase64;

        Span<byte> whole = stackalloc byte[MaxLength];
        if (!(IsUrlSafe(realm) ? TryDecodeUrl(text, whole, out var length) : TryDecode(text, whole, out length)))
            return Reading.NotBase64;

        whole = whole[..length];
        if (length < HeaderLength + KeyRing.Overhead || KindOf(realm, whole) is not { } kind)
            return Reading.NotACredential;

        Span<byte> plain = stackalloc byte[length - HeaderLength - KeyRing.Overhead];
        switch (keys.Open(whole[..HeaderLength], whole[HeaderLength..], plain))
        {
            case OpenResult.Opened:
                credential = CredentialFormat.Read(realm, kind, plain);
                return Reading.Opened;
            case OpenResult.UnknownKey:
                unknownKey = true;
                return Reading.Unverified;
            default:
                return Reading.Unverified;
        }
    }

    /// <summary>What makes a credential recognisable outside: <c>DgEA…</c>, <c>DgEC…</c>, and a device code as <c>AgEA…</c>.</summary>
    private static void WriteHeader(CredentialRealm realm, CredentialKind kind, Span<byte> header) =>
        (header[0], header[1], header[2]) = kind is CredentialKind.DeviceCode ? ((byte)0x02, (byte)realm, (byte)0x00) : ((byte)0x0e, (byte)realm, (byte)kind);

    /// <summary>Null for what none of the realm's begins with.</summary>
    private static CredentialKind? KindOf(CredentialRealm realm, ReadOnlySpan<byte> whole) => (whole[0], whole[1] == (byte)realm, (CredentialKind)whole[2]) switch
    {
        (0x02, true, 0x00) => CredentialKind.DeviceCode,
        (0x0e, true, not CredentialKind.DeviceCode and var kind) when Enum.IsDefined(kind) && IsOf(realm, kind) => kind,
        _ => null,
    };

    private static bool IsOf(CredentialRealm realm, CredentialKind kind) =>
        kind is not (CredentialKind.Session or CredentialKind.SessionKey) || (kind is CredentialKind.SessionKey) == (realm is CredentialRealm.OpenApi);

    /// <summary>Its tokens have dots and dashes around the sealed part, and stand in addresses.</summary>
    private static bool IsUrlSafe(CredentialRealm realm) => realm is CredentialRealm.OpenApi;

    /// <summary>Strict: no white space, and only the one text that the bytes encode to.</summary>
    private static bool TryDecode(string text, Span<byte> bytes, out int length)
    {
        length = 0;
        if (text.AsSpan().ContainsAny(" \t\r\n") || !Convert.TryFromBase64Chars(text, bytes, out length))
            return false;

        // Spare bits of the last character may be anything to the framework's decoder; a second spelling of one token is no token.
        var tail = length % 3 is 0 ? 0 : length - (length % 3);
        Span<char> canonical = stackalloc char[4];
        return length % 3 is 0 || (Convert.TryToBase64Chars(bytes[tail..length], canonical, out var written) && text.AsSpan().EndsWith(canonical[..written]));
    }

    /// <summary>As strict: no padding either.</summary>
    private static bool TryDecodeUrl(string text, Span<byte> bytes, out int length)
    {
        length = 0;
        if (text.AsSpan().ContainsAny(" \t\r\n=") || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out length))
            return false;

        var tail = length - (length % 3);
        Span<char> canonical = stackalloc char[4];
        return text.AsSpan().EndsWith(canonical[..Base64Url.EncodeToChars(bytes[tail..length], canonical)]);
    }
}
