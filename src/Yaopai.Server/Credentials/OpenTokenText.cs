using System.Globalization;

namespace Yaopai.Server.Credentials;

/// <summary>How a token of the Open API is written: <c>21.sealed.lifetime.expiry-uid-appid</c>. What stands around the sealed part only repeats it.</summary>
internal static class OpenTokenText
{
    /// <summary>Longer than any of ours.</summary>
    public const int Longest = 4096;

    public static string Of(Credential credential, string @sealed)
    {
        var lifetime = (long)(credential.ExpiresAt - credential.IssuedAt).TotalSeconds;
        var expiry = credential.ExpiresAt.ToUnixTimeSeconds();
        return string.Create(
            CultureInfo.InvariantCulture, $"{PrefixOf(credential.Kind)}.{@sealed}.{lifetime}.{expiry}-{credential.AccountId}-{credential.AppId}");
    }

    /// <summary>False for what cannot be a token; whether it is one, its sealed part says.</summary>
    public static bool TryRead(string text, out string @sealed)
    {
        @sealed = text.Length <= Longest && text.Split('.') is [_, var part, _, _] ? part : "";
        return @sealed is not "";
    }

    private static int PrefixOf(CredentialKind kind) => kind switch
    {
        CredentialKind.AccessToken => 21,
        CredentialKind.RefreshToken => 22,
        CredentialKind.AppToken => 24,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No token."),
    };
}
