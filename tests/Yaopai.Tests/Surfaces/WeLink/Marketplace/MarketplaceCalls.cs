using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.WeLink.Marketplace;

internal static class MarketplaceCalls
{
    public static GoodCall[] All { get; } =
    [
        new("MarketTenant", TenantAsync) { Target = "welink.marketTenant", Tables = ["purchase", "market_customer"] },
        new("MarketCallback", CallbackAsync) { Target = "welink.marketCallback", Tables = ["market_key", "purchase"] },
    ];

    private static async Task<Func<Task<HttpResponseMessage>>> TenantAsync(TestServer server, DemoData.DemoApp app)
    {
        var instance = await BuyAsync(server, app);
        var caller = await WeLinkCaller.OfUserAsync(server, app: app);
        return () => caller.GetAsync("/api/tenant/v1/market/tenant", ("instanceId", instance));
    }

    private static async Task<Func<Task<HttpResponseMessage>>> CallbackAsync(TestServer server, DemoData.DemoApp app)
    {
        var market = await MarketCaller.OfAsync(server, app.ClientId);
        var instance = await BuyAsync(server, app);
        return () => market.CallAsync("expireInstance", ("instanceId", instance));
    }

    private static async Task<string> BuyAsync(TestServer server, DemoData.DemoApp app) =>
        await (await MarketCaller.OfAsync(server, app.ClientId)).BuyAsync($"{Guid.NewGuid():n}", "customer", DemoOrganisations.Welink);
}
