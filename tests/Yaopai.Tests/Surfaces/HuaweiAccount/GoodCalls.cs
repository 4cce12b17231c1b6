using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Surfaces.HuaweiAccount;

/// <summary>For each documented operation a call that would succeed, prepared while everything works.</summary>
internal static class GoodCalls
{
    /// <summary>The pages of the documents: the one about phone numbers describes getInfo once more.</summary>
    public static string[] Operations { get; } =
    [
        "Token", "GetTokenInfo", "Revoke", "GetInfo", "GetInfoPhone", "OpenIdConfiguration", "Certs", "TokenInfo",
        "Authorize",
        "GetRiskLevel",
        "DeviceCode",
    ];

    /// <summary>Those that need the keys of the day and nothing else.</summary>
    public static string[] NeedKeysOnly { get; } = ["OpenIdConfiguration", "Certs", "TokenInfo"];

    public static async Task<Func<Task<HttpResponseMessage>>> PrepareAsync(TestServer server, string operation)
    {
        var demo = new HuaweiCaller(server);
        switch (operation)
        {
            case "Token":
                var code = await demo.CodeAsync();
                return () => demo.ExchangeAsync(code);
            case "GetTokenInfo":
                var token = await demo.AppTokenAsync();
                return () => demo.GetTokenInfoAsync(token);
            case "Revoke":
                var refresh = (await demo.SignInAsync()).Refresh;
                return () => demo.RevokeAsync(refresh);
            case "GetInfo":
                var access = (await demo.SignInAsync("mainland", "openid profile")).Access;
                return () => demo.GetInfoAsync(access);
            case "GetInfoPhone":
                var forPhone = (await demo.SignInAsync("mainland", "phone")).Access;
                return () => demo.GetInfoAsync(forPhone);
            case "OpenIdConfiguration":
                return () => server.Http.GetAsync("/huawei/.well-known/openid-configuration");
            case "Certs":
                return () => server.Http.GetAsync("/huawei/oauth2/v3/certs");
            case "TokenInfo":
                var idToken = (await demo.SignInAsync()).Id;
                return () => demo.PostAsync("/oauth2/v3/tokeninfo", ("id_token", idToken));
            case "Authorize":
                var browser = new BrowserClient(server);
                await browser.AgreeAsync();
                return async () => (await browser.AskAsync(Web.Authorize())).Response;
            case "GetRiskLevel":
                var forRisk = (await demo.SignInAsync("mainland", "openid riskLevel")).Access;
                return () => demo.GetRiskLevelAsync(forRisk);
            case "DeviceCode":
                return () => demo.PostAsync("/oauth2/v3/device/code", ("client_id", demo.ClientId), ("scope", "openid"));
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, "Say how it is called.");
        }
    }

    /// <summary>All of them at once, by name.</summary>
    public static async Task<(string Operation, Func<Task<HttpResponseMessage>> CallAsync)[]> PrepareAllAsync(TestServer server)
    {
        // The first signing key takes longer to make than some servers here give a request.
        await Eventually.HoldsAsync(async () => (await server.Http.GetAsync("/huawei/oauth2/v3/certs")).IsSuccessStatusCode);
        var calls = new List<(string, Func<Task<HttpResponseMessage>>)>();
        foreach (var operation in Operations)
            calls.Add((operation, await PrepareAsync(server, operation)));
        return [.. calls];
    }
}
