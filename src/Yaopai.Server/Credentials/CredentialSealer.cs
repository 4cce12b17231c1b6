using System.Buffers.Text;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Credentials;

/// <summary>Turns credentials into texts and back, without a database: header, key id, nonce, sealed record, tag.</summary>
internal sealed class CredentialSealer(KeyRing keys)
{
    /// <summary>What all credentials but one kind begin with.</summary>
    private const byte First = 0x0e;

    /// <summary>What device codes begin with.</summary>
    private const byte FirstOfDeviceCodes = 0x02;

    private const int HeaderLength = 3;
    private const int MaxLength = HeaderLength + KeyRing.Overhead + CredentialFormat.MaxLength;

    /// <summary>Of any profile: what stands around the sealed part is short.</summary>
    private const int LongestText = 4096;

    public string Seal(Credential credential)
    {
        Span<byte> plain = stackalloc byte[CredentialFormat.MaxLength];
        plain = plain[..CredentialFormat.Write(credential, plain)];

        Span<byte> whole = stackalloc byte[MaxLength];
        whole = whole[..(HeaderLength + KeyRing.Overhead + plain.Length)];
        WriteHeader(credential.Profile, credential.Kind, whole);
        keys.Seal(whole[..HeaderLength], plain, whole[HeaderLength..]);
        return credential.Profile.Text.Write(credential, whole);
    }

    /// <summary>Unseals a text. A key that another node made a moment ago is looked for before the seal is called broken.</summary>
    public ValueTask<(UnsealResult Result, Credential? Credential)> UnsealAsync(
        CredentialProfile profile, string text, CancellationToken ct)
    {
        var result = Unseal(profile, text, out var credential);
        return result switch
        {
            UnsealResult.UnknownKey => UnsealAgainAsync(profile, text, ct),
            UnsealResult.LostKey => throw new KeyLostException(KeyKind.Sealing),
            _ => ValueTask.FromResult((result, credential)),
        };
    }

    private async ValueTask<(UnsealResult, Credential?)> UnsealAgainAsync(CredentialProfile profile, string text, CancellationToken ct)
    {
        if (!await keys.ReloadAsync(ct))
            return (UnsealResult.Unverified, null);

        var result = Unseal(profile, text, out var credential);
        return result switch
        {
            UnsealResult.UnknownKey => (UnsealResult.Unverified, null),
            UnsealResult.LostKey => throw new KeyLostException(KeyKind.Sealing),
            _ => (result, credential),
        };
    }

    private UnsealResult Unseal(CredentialProfile profile, string text, out Credential? credential)
    {
        credential = null;

        // Nothing of ours is longer; what is cannot be ours.
        if (text.Length > LongestText)
            return Base64.IsValid(text) ? UnsealResult.NotSealed : UnsealResult.NotEncoded;

        Span<byte> whole = stackalloc byte[(text.Length / 4 * 3) + 3]; // also without padding
        if (!profile.Text.TryRead(text, whole, out var length))
            return UnsealResult.NotEncoded;

        whole = whole[..length];
        if (length is < HeaderLength + KeyRing.Overhead or > MaxLength || KindOf(profile, whole) is not { } kind)
            return UnsealResult.NotSealed;

        Span<byte> plain = stackalloc byte[length - HeaderLength - KeyRing.Overhead];
        var result = keys.Unseal(whole[..HeaderLength], whole[HeaderLength..], plain);
        if (result is not UnsealResult.Unsealed)
            return result;

        var unsealed = CredentialFormat.Read(profile, kind, plain);
        if (!profile.Text.IsTextOf(unsealed, text))
            return UnsealResult.Unverified;

        credential = unsealed;
        return UnsealResult.Unsealed;
    }

    /// <summary>What makes a credential recognisable outside: in base64 <c>DgEA…</c>, <c>DgEC…</c>,
    /// and a device code as <c>AgEA…</c>.</summary>
    private static void WriteHeader(CredentialProfile profile, CredentialKind kind, Span<byte> header) =>
        (header[0], header[1], header[2]) =
            kind is CredentialKind.DeviceCode ? (FirstOfDeviceCodes, profile.Realm, (byte)0) : (First, profile.Realm, (byte)kind);

    /// <summary>Null for what no credential of the profile begins with.</summary>
    private static CredentialKind? KindOf(CredentialProfile profile, ReadOnlySpan<byte> whole)
    {
        CredentialKind? kind = (whole[0], whole[2]) switch
        {
            (FirstOfDeviceCodes, 0) => CredentialKind.DeviceCode,
            (First, var number) when (CredentialKind)number is not CredentialKind.DeviceCode => (CredentialKind)number,
            _ => null,
        };
        return kind is { } known && whole[1] == profile.Realm && profile.Kinds.Contains(known) ? kind : null;
    }
}
