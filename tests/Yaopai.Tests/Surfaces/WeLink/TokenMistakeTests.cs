using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Tests.Http;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Tests.Surfaces.WeLink;

/// <summary>What is wrong with a token, or with the app that shows it, whatever is called.</summary>
public sealed class TokenMistakeTests(OwnApps apps) : IClassFixture<OwnApps>
{
    private const string Tenants = "/api/tenant/v1/tenants";

    [Theory]
    [InlineData(""), InlineData("x"), InlineData("Bearer "), InlineData("5e2584ad-c6ca-4cf9-8513-8216e4759905")]
    public async Task A_token_that_is_none_is_refused(string token) =>
        await (await new WeLinkCaller(apps.Server, apps.Demo) { Token = token }.GetAsync(Tenants)).ShouldBeAsync(G.AccessUnauthorized);

    [Fact]
    public async Task A_token_may_have_a_scheme_before_it()
    {
        var caller = await WeLinkCaller.OfAppAsync(apps.Server, apps.Demo);
        caller.Token = "Bearer " + caller.Token;

        var json = await (await caller.GetAsync(Tenants)).ShouldServeWeLinkAsync();

        Assert.Equal(TenantIds.Write(DemoOrganisations.Welink), json.GetProperty("data").GetProperty("tenantId").GetString());
    }

    [Fact]
    public async Task A_token_lives_two_hours()
    {
        var caller = await WeLinkCaller.OfAppAsync(apps.Server, apps.Sibling);
        await (await caller.GetAsync(Tenants)).ShouldServeWeLinkAsync();

        await caller.AdvanceAsync("PT2H");
        await (await caller.GetAsync(Tenants)).ShouldBeAsync(G.AccessTokenInvalid);
        await caller.ResetClockAsync();
    }

    [Fact]
    public async Task A_token_is_for_one_organisation()
    {
        var caller = await WeLinkCaller.OfAppAsync(apps.Server, apps.Demo);

        await (await caller.GetAsync(Tenants, ("tenantId", TenantIds.Write(DemoOrganisations.Stranger))))
            .ShouldBeAsync(G.AccessUnauthorized);
        await (await caller.GetAsync(Tenants, ("tenantId", TenantIds.Write(DemoOrganisations.Welink)))).ShouldServeWeLinkAsync();
    }

    [Fact]
    public async Task An_organisation_is_named_by_a_text()
    {
        var caller = await WeLinkCaller.OfAppAsync(apps.Server, apps.Demo);
        var tenantId = TenantIds.Write(DemoOrganisations.Stranger);
        foreach (var named in new object[] { new[] { tenantId }, new { id = tenantId } })
        {
            await (await caller.PostAsync("/api/contact/v2/user/detail", new { userId = "mainland@welink", tenantId = named }))
                .ShouldBeAsync(G.AccessUnauthorized);
        }
    }

    [Fact]
    public async Task A_ticket_for_scripts_is_no_token()
    {
        var caller = await WeLinkCaller.OfAppAsync(apps.Server, apps.Demo);
        var json = await (await caller.GetAsync("/api/auth/v1/jstickets")).ShouldServeWeLinkAsync();

        caller.Token = json.GetProperty("ticket").GetString()!;
        await (await caller.GetAsync(Tenants)).ShouldBeAsync(G.AccessUnauthorized);
    }
}
