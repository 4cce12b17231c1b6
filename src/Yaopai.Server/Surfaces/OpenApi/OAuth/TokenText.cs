using System.Buffers.Text;
using System.Globalization;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>How credentials of the platform are written: tokens as <c>21.sealed.lifetime.expiry-uid-appid</c>,
/// all others as their sealed part alone.</summary>
internal sealed class TokenText : ICredentialText
{
    public string Write(Credential credential, ReadOnlySpan<byte> @sealed)
    {
        var text = Base64Url.EncodeToString(@sealed);
        return PrefixOf(credential.Kind) is { } prefix ? Around(credential, prefix, text) : text;
    }

    public bool TryRead(string text, Span<byte> @sealed, out int length)
    {
        length = 0;
        return SealedPart(text) is { IsEmpty: false } part && Base64UrlText.TryRead(part, @sealed, out length);
    }

    /// <summary>What stands around the sealed part only repeats what is sealed, and has to.</summary>
    public bool IsTextOf(Credential credential, string text) => PrefixOf(credential.Kind) is { } prefix
        ? text.Split('.') is [_, var part, _, _] && text == Around(credential, prefix, part)
        : !text.Contains('.');

    private static ReadOnlySpan<char> SealedPart(string text)
    {
        var first = text.IndexOf('.');
        if (first < 0)
            return text;

        var rest = text.AsSpan(first + 1);
        return rest.IndexOf('.') is > 0 and var end ? rest[..end] : default;
    }

    private static string Around(Credential credential, int prefix, string @sealed)
    {
        var lifetime = (long)(credential.ExpiresAt - credential.IssuedAt).TotalSeconds;
        var expiry = credential.ExpiresAt.ToUnixTimeSeconds();
        return string.Create(
            CultureInfo.InvariantCulture, $"{prefix}.{@sealed}.{lifetime}.{expiry}-{credential.AccountId}-{credential.AppId}");
    }

    /// <summary>Null for what is no token.</summary>
    private static int? PrefixOf(CredentialKind kind) => kind switch
    {
        CredentialKind.AccessToken => 21,
        CredentialKind.RefreshToken => 22,
        CredentialKind.AppToken => 24,
        _ => null,
    };
}
