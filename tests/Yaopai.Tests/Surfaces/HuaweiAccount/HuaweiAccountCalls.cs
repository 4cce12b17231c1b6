using Yaopai.Errors;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using Yaopai.Tests.Surfaces.HuaweiAccount.People;

namespace Yaopai.Tests.Surfaces.HuaweiAccount;

/// <summary>For each documented operation a call that succeeds. The page about phone numbers describes getInfo once more.</summary>
public sealed class HuaweiAccountCalls : SurfaceCalls
{
    private static readonly GoodCall[] s_all =
    [
        new("Token", TokenAsync)
        {
            Target = "huawei.token", FormPath = "/huawei/oauth2/v3/token", IsGoodOnce = true, Tables = ["used_code"],
        },
        new("GetTokenInfo", GetTokenInfoAsync)
        {
            Target = "huawei.getTokenInfo", FormPath = Service("huawei.oauth2.user.getTokenInfo"), Tables = ["app"],
        },
        new("Revoke", RevokeAsync)
        {
            Target = "huawei.revoke", FormPath = "/huawei/oauth2/v3/revoke", IsGoodOnce = true, Tables = ["revocation"],
        },
        new("GetInfo", GetInfoAsync) { Target = "huawei.getInfo", FormPath = Service("GOpen.User.getInfo"), Tables = ["account"] },
        new("GetInfoPhone", GetInfoPhoneAsync)
        {
            Target = "huawei.getInfo", FormPath = Service("GOpen.User.getInfo"), Tables = ["account"],
        },
        new("OpenIdConfiguration", OpenIdConfigurationAsync)
        {
            Target = "huawei.openIdConfiguration", NeedsKeysOnly = true, OnlySeals = true,
        },
        new("Certs", CertsAsync) { Target = "huawei.certs", NeedsKeysOnly = true, OnlySeals = true },
        new("TokenInfo", TokenInfoAsync)
        {
            Target = "huawei.tokenInfo", FormPath = "/huawei/oauth2/v3/tokeninfo", NeedsKeysOnly = true, OnlySeals = true,
        },
        new("Authorize", AuthorizeAsync)
        {
            Target = "huawei.authorize", FormPath = "/huawei/oauth2/v3/authorize", IsOfBrowsers = true, Tables = ["consent"],
        },
        new("GetRiskLevel", GetRiskLevelAsync) { Target = "huawei.getRiskLevel", Tables = ["sign_in"] },
        new("DeviceCode", DeviceCodeAsync)
        {
            Target = "huawei.deviceCode", FormPath = "/huawei/oauth2/v3/device/code", OnlySeals = true, Tables = ["device_authorization"],
        },
        new("DevicePage", DevicePageAsync)
        {
            Target = "huawei.devicePage", FormPath = "/huawei/oauth2/v3/device", IsOfBrowsers = true, Tables = ["device_authorization"],
        },
        new("RiscConfiguration", RiscConfigurationAsync) { Target = "huawei.riscConfiguration", NeedsKeysOnly = true, OnlySeals = true },
        new("QuickLogin", QuickLoginAsync) { Target = "huawei.quickLogin", IsGoodOnce = true, Tables = ["used_code", "account"] },
        new("OpenIdToUnionId", OpenIdToUnionIdAsync)
        {
            Target = "huawei.openIdToUnionId", FormPath = Service("huawei.oauth2.app.openIdToUnionId"), Tables = ["open_id"],
        },
        new("BatchGetGroupUnionId", BatchGetGroupUnionIdAsync) { Target = "huawei.batchGetGroupUnionId", Tables = ["union_id"] },
        new("GetRealName", GetRealNameAsync)
        {
            Target = "huawei.getRealName", FormPath = Service("OpenRealName.User.getDetailInfo"),
            Tables = ["real_name", "personal_data_use"],
        },
        new("VerifyRealName", VerifyRealNameAsync)
        {
            Target = "huawei.verifyRealName", FormPath = Service("OpenRealName.User.verifyRealName"),
            Tables = ["used_code", "personal_data_use"],
        },
    ];

    internal override string Slug => "huawei";

    internal override string Section => "Surfaces:HuaweiAccount";

    internal override IReadOnlyList<GoodCall> All => s_all;

    /// <summary>One of openIdToUnionId's, and one that is quickLogin's alone.</summary>
    internal override string UndocumentedFor(GoodCall call) => call.Name is "QuickLogin" ? "150028" : "60180008";

    internal override ErrorDefinition RowOf(GoodCall call, ErrorDefinition error) => Definitions.Named($"{call.Name}.{error.Name}");

    internal override ErrorDefinition OkOf(GoodCall call) => Definitions.Named($"{call.Name}.Ok");

    private static string Service(string name) => $"/huawei/rest.php?nsp_svc={name}";

    private static async Task<Func<Task<HttpResponseMessage>>> TokenAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new HuaweiCaller(server, app);
        var code = await caller.CodeAsync();
        return () => caller.ExchangeAsync(code);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> GetTokenInfoAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new HuaweiCaller(server, app);
        var token = await caller.AppTokenAsync();
        return () => caller.GetTokenInfoAsync(token);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> RevokeAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new HuaweiCaller(server, app);
        var refresh = (await caller.SignInAsync()).Refresh;
        return () => caller.RevokeAsync(refresh);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> GetInfoAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new HuaweiCaller(server, app);
        var token = (await caller.SignInAsync("mainland", "openid profile")).Access;
        return () => caller.GetInfoAsync(token);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> GetInfoPhoneAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new HuaweiCaller(server, app);
        var token = (await caller.SignInAsync("mainland", "phone")).Access;
        return () => caller.GetInfoAsync(token);
    }

    private static Task<Func<Task<HttpResponseMessage>>> OpenIdConfigurationAsync(TestServer server, DemoData.DemoApp app) =>
        Task.FromResult(() => server.Http.GetAsync("/huawei/.well-known/openid-configuration"));

    private static Task<Func<Task<HttpResponseMessage>>> CertsAsync(TestServer server, DemoData.DemoApp app) =>
        Task.FromResult(() => server.Http.GetAsync("/huawei/oauth2/v3/certs"));

    private static Task<Func<Task<HttpResponseMessage>>> RiscConfigurationAsync(TestServer server, DemoData.DemoApp app) =>
        Task.FromResult(() => server.Http.GetAsync("/huawei/v1beta/public/risc/.well-known/risc-configuration"));

    private static async Task<Func<Task<HttpResponseMessage>>> TokenInfoAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new HuaweiCaller(server, app);
        var token = (await caller.SignInAsync()).Id;
        return () => caller.PostAsync("/oauth2/v3/tokeninfo", ("id_token", token));
    }

    private static async Task<Func<Task<HttpResponseMessage>>> AuthorizeAsync(TestServer server, DemoData.DemoApp app)
    {
        var address = Web.Authorize(("client_id", $"{app.ClientId}"), ("redirect_uri", app.RedirectUri));
        var browser = new BrowserClient(server);
        await browser.AgreeAsync(address);
        return async () => (await browser.AskAsync(address)).Response;
    }

    private static async Task<Func<Task<HttpResponseMessage>>> GetRiskLevelAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new HuaweiCaller(server, app);
        var token = (await caller.SignInAsync("mainland", "openid riskLevel")).Access;
        return () => caller.GetRiskLevelAsync(token);
    }

    private static Task<Func<Task<HttpResponseMessage>>> DeviceCodeAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new HuaweiCaller(server, app);
        return Task.FromResult(() => caller.PostAsync("/oauth2/v3/device/code", ("client_id", caller.ClientId), ("scope", "openid")));
    }

    private static async Task<Func<Task<HttpResponseMessage>>> DevicePageAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new HuaweiCaller(server, app);
        var device = await caller.DeviceAsync();
        await caller.PersonAsync(device, "mainland", "scan"); // or else it would be over in two minutes
        var phone = new BrowserClient(server);
        return async () => (await phone.AskAsync(Web.Device(device.UserCode))).Response;
    }

    private static async Task<Func<Task<HttpResponseMessage>>> QuickLoginAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new HuaweiCaller(server, app);
        var code = await caller.OneTapCodeAsync();
        return () => caller.QuickLoginAsync(code);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> OpenIdToUnionIdAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new HuaweiCaller(server, app);
        var (openId, token) = ((await caller.IdentifiersAsync()).OpenId, await caller.AppTokenAsync());
        return () => caller.OpenIdToUnionIdAsync(token, openId);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> BatchGetGroupUnionIdAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new HuaweiCaller(server, app);
        var (unionId, token) = ((await caller.IdentifiersAsync()).UnionId, await caller.AppTokenAsync());
        return () => caller.BatchGetAsync(token, new { unionIdList = new[] { unionId } });
    }

    private static async Task<Func<Task<HttpResponseMessage>>> GetRealNameAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new HuaweiCaller(server, app);
        var (token, account) = ((await caller.SignInAsync()).Access, await RealNames.NewServiceAccountAsync(server, caller));
        return () => RealNames.GetAsync(caller, token, account);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> VerifyRealNameAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new HuaweiCaller(server, app);
        var token = (await caller.SignInAsync()).Access;
        return () => RealNames.VerifyAsync(caller, token);
    }
}
