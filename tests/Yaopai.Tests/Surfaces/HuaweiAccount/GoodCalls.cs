using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.HuaweiAccount.People;

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
        "RiscConfiguration",
        "QuickLogin",
        "OpenIdToUnionId",
        "BatchGetGroupUnionId",
        "GetRealName",
        "VerifyRealName",
        "DevicePage",
    ];

    /// <summary>Those whose good call is good but once.</summary>
    public static string[] Once { get; } = ["Token", "Revoke", "QuickLogin"];

    /// <summary>Those that need the keys of the day and nothing else: no database, and no app that could be turned away.</summary>
    public static string[] NeedKeysOnly { get; } = ["OpenIdConfiguration", "Certs", "TokenInfo", "RiscConfiguration"];

    /// <summary>Those that people's browsers call, which no allowlist of an app's servers is about.</summary>
    public static string[] OfBrowsers { get; } = ["Authorize", "DevicePage"];

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
            case "RiscConfiguration":
                return () => server.Http.GetAsync("/huawei/v1beta/public/risc/.well-known/risc-configuration");
            case "TokenInfo":
                var idToken = (await demo.SignInAsync()).Id;
                return () => demo.PostAsync("/oauth2/v3/tokeninfo", ("id_token", idToken));
            case "GetRealName":
                var (ofPerson, account) = ((await demo.SignInAsync()).Access, await RealNames.NewServiceAccountAsync(server, demo));
                return () => RealNames.GetAsync(demo, ofPerson, account);
            case "VerifyRealName":
                var once = (await demo.SignInAsync()).Access;
                return () => RealNames.VerifyAsync(demo, once);
            case "Authorize":
                var browser = new BrowserClient(server);
                await browser.AgreeAsync();
                return async () => (await browser.AskAsync(Web.Authorize())).Response;
            case "GetRiskLevel":
                var forRisk = (await demo.SignInAsync("mainland", "openid riskLevel")).Access;
                return () => demo.GetRiskLevelAsync(forRisk);
            case "DeviceCode":
                return () => demo.PostAsync("/oauth2/v3/device/code", ("client_id", demo.ClientId), ("scope", "openid"));
            case "QuickLogin":
                var oneTap = await demo.OneTapCodeAsync();
                return () => demo.QuickLoginAsync(oneTap);
            case "OpenIdToUnionId":
                var (openId, asking) = ((await demo.IdentifiersAsync()).OpenId, await demo.AppTokenAsync());
                return () => demo.OpenIdToUnionIdAsync(asking, openId);
            case "BatchGetGroupUnionId":
                var (unionId, batching) = ((await demo.IdentifiersAsync()).UnionId, await demo.AppTokenAsync());
                return () => demo.BatchGetAsync(batching, new { unionIdList = new[] { unionId } });
            case "DevicePage":
                var device = await demo.DeviceAsync();
                await demo.PersonAsync(device, "mainland", "scan"); // or else it would be over in two minutes
                var phone = new BrowserClient(server);
                return async () => (await phone.AskAsync(Web.Device(device.UserCode))).Response;
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
