using Yaopai.Server.Gateway.Signing;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>Signatures of gateway calls: <c>name=value</c> joined with <c>&amp;</c>, the app's secret behind them as <c>key</c>.</summary>
internal static class GatewaySignature
{
    public const string Name = "signature";

    private static readonly HashSet<string> s_secret = ["access_key", "password"];

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

    /// <summary>What the server signs, without what opens something, so that the caller's own text can be held against it.</summary>
    public static string Explain(IEnumerable<KeyValuePair<string, string>> parameters) => "signed is "
        + Scheme.BaseString(parameters.Select(one => s_secret.Contains(one.Key) ? KeyValuePair.Create(one.Key, "…") : one), Name)
        + Scheme.BeforeSecret + "…";
}
