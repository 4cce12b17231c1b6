using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.WeLinkErrors.Marketplace;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Tests.Surfaces.WeLink.Marketplace;

public sealed class MarketTenantTests(OwnApps apps) : IClassFixture<OwnApps>
{
    private const string Path = "/api/tenant/v1/market/tenant", Administrator = "mainland", Member = "hongkong";

    private readonly string _mark = $"{Guid.NewGuid():n}";

    [Theory]
    [InlineData(null), InlineData("")]
    public async Task An_instance_has_to_be_named(string? value) =>
        await (await (await CallerAsync()).GetAsync(Path, ("instanceId", value))).ShouldBeAsync(E.ParameterMissing);

    [Theory]
    [InlineData("unknown"), InlineData("x y"), InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task An_instance_that_nobody_has_is_unknown(string value) =>
        await (await (await CallerAsync()).GetAsync(Path, ("instanceId", value))).ShouldBeAsync(E.InstanceUnknown);

    [Fact]
    public async Task An_administrator_is_told_which_organisation_bought_it()
    {
        var market = await MarketCaller.OfAsync(apps.Server, apps.Demo.ClientId);
        var instance = await market.BuyAsync(_mark, _mark, DemoOrganisations.Welink);

        var json = await (await (await CallerAsync()).GetAsync(Path, ("instanceId", instance))).ShouldServeWeLinkAsync();

        Assert.Equal(TenantIds.Write(DemoOrganisations.Welink), json.GetProperty("tenantId").GetString());
        Assert.Equal((instance, _mark), (json.GetProperty("instanceId").GetString(), json.GetProperty("customerId").GetString()));
        Assert.Equal(("active", "20300101000000"), (json.GetProperty("status").GetString(), json.GetProperty("expireTime").GetString()));
    }

    [Fact]
    public async Task A_token_of_an_app_alone_has_no_user()
    {
        var caller = await WeLinkCaller.OfAppAsync(apps.Server, apps.Demo);
        await (await caller.GetAsync(Path, ("instanceId", "x"))).ShouldBeAsync(E.CurrentUserUnavailable);
        await (await caller.GetAsync(Path)).ShouldBeAsync(E.ParameterMissing); // first what is missing, then who asks
    }

    [Fact]
    public async Task A_member_who_administers_nothing_is_refused() =>
        await (await (await WeLinkCaller.OfUserAsync(apps.Server, Member, apps.Demo)).GetAsync(Path, ("instanceId", "x")))
            .ShouldBeAsync(E.UserNotAdministrator);

    [Fact]
    public async Task A_customer_who_is_no_organisation_bought_it_elsewhere()
    {
        var instance = await (await MarketCaller.OfAsync(apps.Server, apps.Demo.ClientId)).BuyAsync(_mark, _mark);
        await (await (await CallerAsync()).GetAsync(Path, ("instanceId", instance))).ShouldBeAsync(E.TenantUnbound);
    }

    [Fact]
    public async Task What_another_organisation_bought_or_another_app_sold_or_is_released_is_unknown()
    {
        var market = await MarketCaller.OfAsync(apps.Server, apps.Demo.ClientId);
        var ofStranger = await market.BuyAsync($"{_mark}-1", $"{_mark}-1", DemoOrganisations.Stranger);
        var released = await market.BuyAsync($"{_mark}-2", $"{_mark}-2", DemoOrganisations.Welink);
        await (await market.CallAsync("releaseInstance", ("instanceId", released))).ShouldSayAsync("000000");
        var sibling = await MarketCaller.OfAsync(apps.Server, apps.Sibling.ClientId);
        var ofSibling = await sibling.BuyAsync($"{_mark}-3", $"{_mark}-3", DemoOrganisations.Welink);

        foreach (var instance in new[] { ofStranger, released, ofSibling })
            await (await (await CallerAsync()).GetAsync(Path, ("instanceId", instance))).ShouldBeAsync(E.InstanceUnknown);
    }

    [Fact]
    public async Task An_app_to_which_the_marketplace_is_not_open_is_forbidden()
    {
        var app = await apps.Server.NewAppAsync(app => app with
        {
            ApprovedScopes = [.. app.ApprovedScopes.Where(scope => scope is not WeLinkProfile.Market)],
        });
        await (await (await WeLinkCaller.OfUserAsync(apps.Server, Administrator, app)).GetAsync(Path)).ShouldBeAsync(G.AccessForbidden);
        await (await new WeLinkCaller(apps.Server).GetAsync(Path)).ShouldBeAsync(G.AccessUnauthorized);
    }

    private Task<WeLinkCaller> CallerAsync() => WeLinkCaller.OfUserAsync(apps.Server, Administrator, apps.Demo);
}
