using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Signing;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>Signatures of gateway calls: <c>name=value</c> joined with <c>&amp;</c>, the app's secret behind them as <c>key</c>.</summary>
internal static class GatewaySignature
{
    public const string Name = "signature";

    /// <summary>With those that callers send who take the whole text for parameters.</summary>
    private static readonly HashSet<string> s_secret =
        ["access_key", "password", "key", "secret", "client_secret", "access_token", "refresh_token"];

    /// <summary>What has no value is not signed, and counts as not sent.</summary>
    public static SignatureScheme Scheme { get; } = new()
    {
        Separator = "&",
        BeforeSecret = "&key=",
        AppendsSecretToHmac = true,
        IgnoresCase = true,
    };

    /// <summary>Null for a type that is not offered; nothing named means MD5.</summary>
    public static SignatureMethod? MethodOf(string signType) => signType switch
    {
        "" or "MD5" => SignatureMethod.Md5,
        "HMAC-SHA256" => SignatureMethod.HmacSha256,
        _ => null,
    };

    /// <summary>What says nothing of a person, and can be shown as it came.</summary>
    private static readonly HashSet<string> s_plain =
    [
        "appid", "datetime", "format", "signtype", Name, "requestid", "nonce", "nonce_str", "openid", "id", "unionid", "size", "after",
        "clear", "region", "provider", "provider_openid",
    ];

    /// <summary>What the server signs, without what opens something and with the middle of everything personal hidden, so that the
    /// caller's own text can be held against it.</summary>
    /// <param name="secrets">The live secrets of the app, where it is to be found out what the caller signed instead.</param>
    public static Reason Explain(
        IReadOnlyList<KeyValuePair<string, string>> parameters, SignatureMethod method, string signature, IEnumerable<string> secrets)
    {
        KeyValuePair<string, string>[] shown = [.. parameters.Select(one => KeyValuePair.Create(one.Key, Shown(one.Key, one.Value)))];
        var (expected, actual) = Scheme.Explain(method, parameters, shown, Name, signature, secrets);
        return new Reason(Printable($"signed is {expected}{Scheme.BeforeSecret}…"))
        {
            BaseString = Printable(expected),
            Expected = Printable(expected),
            Actual = actual is null ? null : Printable(actual),
        };
    }

    private static string Shown(string name, string value) =>
        value is "" || s_plain.Contains(name) ? value : s_secret.Contains(name) ? "…" : Masked.Text(value, 3, 2);

    /// <summary>On one line, and moving no terminal: as JSON escapes it.</summary>
    private static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : $"{c}")) : text;
}
