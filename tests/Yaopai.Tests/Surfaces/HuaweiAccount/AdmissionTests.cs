using System.Net;
using Yaopai.Server.Apps;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.HuaweiAccount;

/// <summary>Who is not let in: HTTP 403, decided before the operation looks at anything else.</summary>
public sealed class AdmissionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly string[] s_withApp = ["Token", "GetTokenInfo", "Revoke", "GetInfo", "GetInfoPhone", "GetRiskLevel", "DeviceCode"];

    public static TheoryData<string> WithApp => [.. s_withApp];

    public static TheoryData<string> WithAppOrPerson => [.. s_withApp, "Authorize"];

    [Theory, MemberData(nameof(WithAppOrPerson))]
    public async Task A_disabled_app_is_forbidden_everything(string operation) =>
        await ForbiddenWhileAsync(operation, app => app with { DisabledAt = DateTimeOffset.UnixEpoch });

    [Theory, MemberData(nameof(WithApp))]
    public async Task An_app_with_an_allowlist_is_forbidden_from_elsewhere(string operation) =>
        await ForbiddenWhileAsync(operation, app => app with { Allowlist = [IPNetwork.Parse("192.0.2.0/24")] });

    [Fact]
    public async Task An_app_with_an_allowlist_is_let_in_from_there()
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, "GetTokenInfo");
        await ChangeAsync(app => app with { Allowlist = [IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")] });

        await (await call()).ShouldSucceedAsync(Definitions.Named("GetTokenInfo.Ok"));

        await ChangeAsync(app => app with { Allowlist = [] });
    }

    [Fact]
    public async Task An_allowlist_is_for_the_servers_of_an_app_and_not_for_the_browsers_of_its_people()
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, "Authorize");
        await ChangeAsync(app => app with { Allowlist = [IPNetwork.Parse("192.0.2.0/24")] });

        await (await call()).ShouldSucceedAsync(Definitions.Named("Authorize.Ok"));

        await ChangeAsync(app => app with { Allowlist = [] });
    }

    [Fact]
    public async Task The_apps_of_a_disabled_developer_are_forbidden_everything()
    {
        var developers = fixture.Server.Get<IDeveloperStore>();
        var developer = (await developers.FindAsync(1001, default))!;
        var call = await GoodCalls.PrepareAsync(fixture.Server, "GetInfo");
        await developers.TryChangeAsync(developer with { DisabledAt = DateTimeOffset.UnixEpoch }, default);
        fixture.Server.Get<AppDirectory>().Clear();

        await (await call()).ShouldBeAsync(Definitions.Named("GetInfo.Forbidden"));

        await developers.TryChangeAsync(developer, default);
        fixture.Server.Get<AppDirectory>().Clear();
    }

    private async Task ForbiddenWhileAsync(string operation, Func<App, App> change)
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, operation);
        await ChangeAsync(change);

        await (await call()).ShouldBeAsync(Definitions.Named($"{operation}.Forbidden"));

        await ChangeAsync(app => app with { DisabledAt = null, Allowlist = [] });
        await (await call()).ShouldSucceedAsync(Definitions.Named($"{operation}.Ok")); // nothing was used up meanwhile
    }

    private async Task ChangeAsync(Func<App, App> change)
    {
        var store = fixture.Server.Get<IAppStore>();
        await store.TryChangeAsync(change((await store.FindAsync(100000001, default))!), default);
        fixture.Server.Get<AppDirectory>().Clear();
    }
}

/// <summary>A surface that only some networks may call.</summary>
public sealed class NetworkPolicyTests(NetworkPolicyTests.Elsewhere fixture) : IClassFixture<NetworkPolicyTests.Elsewhere>
{
    public sealed class Elsewhere : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Surfaces:HuaweiAccount:AllowedNetworks:0", "192.0.2.0/24")];
    }

    [Theory]
    [InlineData("GET", "/.well-known/openid-configuration", "OpenIdConfiguration")]
    [InlineData("GET", "/oauth2/v3/certs", "Certs")]
    [InlineData("POST", "/oauth2/v3/tokeninfo", "TokenInfo")]
    [InlineData("POST", "/oauth2/v3/token", "Token")]
    [InlineData("GET", "/oauth2/v3/authorize", "Authorize")]
    [InlineData("POST", "/oauth2/v3/device/code", "DeviceCode")]
    public async Task From_elsewhere_every_operation_is_forbidden(string method, string path, string operation)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/huawei" + path);

        await (await fixture.Server.Http.SendAsync(request)).ShouldBeAsync(Definitions.Named($"{operation}.Forbidden"));
    }
}
