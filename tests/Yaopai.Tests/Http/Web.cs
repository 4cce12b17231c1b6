namespace Yaopai.Tests.Http;

/// <summary>What an app on the web writes into the address of its sign-in button.</summary>
internal static class Web
{
    public const string Redirect = "https://demo.example/callback";

    private static readonly (string Name, string? Value)[] s_good =
        [("response_type", "code"), ("client_id", "100000001"), ("redirect_uri", Redirect), ("scope", "openid")];

    /// <summary>A good request with these parameters instead of, or beside, its own; null leaves one out.</summary>
    public static string Authorize(params (string Name, string? Value)[] parameters) => "/huawei/oauth2/v3/authorize?" + Query(parameters);

    /// <summary>Where a device sends its person.</summary>
    public static string Device(string? userCode) =>
        "/huawei/oauth2/v3/device" + (userCode is null ? "" : $"?user_code={Uri.EscapeDataString(userCode)}");

    public static string Query(params (string Name, string? Value)[] parameters) => string.Join('&', Fields(parameters)
        .Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value!)}"));

    public static (string Name, string? Value)[] Fields(params (string Name, string? Value)[] parameters) =>
        [.. s_good.Where(good => parameters.All(own => own.Name != good.Name)).Concat(parameters).Where(field => field.Value is not null)];
}
