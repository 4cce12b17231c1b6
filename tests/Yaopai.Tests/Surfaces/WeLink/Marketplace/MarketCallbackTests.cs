using Yaopai.Server.Marketplace;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.WeLink.Marketplace;

public sealed class MarketCallbackTests(OwnApps apps) : IClassFixture<OwnApps>
{
    private const string Ok = "000000", Unauthenticated = "000001", Malformed = "000002", Unknown = "000003";

    /// <summary>Base64 of <c>[{"name":"tenantId","value":"\\ud800"}]</c>.</summary>
    private const string HalfCharacter = "W3sibmFtZSI6InRlbmFudElkIiwidmFsdWUiOiJcdWQ4MDAifV0=";

    private readonly string _mark = $"{Guid.NewGuid():n}";

    /// <summary>One mistake in a call that is otherwise good. Null leaves the parameter out.</summary>
    public static TheoryData<string, string, string?, string> Mistakes { get; } = new()
    {
        { "newInstance",     "activity",         null,                    Malformed },
        { "newInstance",     "activity",         "sellInstance",          Malformed },
        { "newInstance",     "orderId",          null,                    Malformed },
        { "newInstance",     "orderId",          new string('x', 65),     Malformed },
        { "newInstance",     "customerId",       "",                      Malformed },
        { "newInstance",     "customerId",       new string('x', 65),     Malformed },
        { "newInstance",     "productId",        null,                    Malformed },
        { "newInstance",     "skuCode",          new string('x', 65),     Malformed },
        { "newInstance",     "expireTime",       "tomorrow",              Malformed },
        { "newInstance",     "expireTime",       "20300231000000",        Malformed },
        { "newInstance",     "saasExtendParams", "no base64!",            Malformed },
        { "newInstance",     "saasExtendParams", "e30=",                  Malformed },
        { "newInstance",     "saasExtendParams", "W10=",                  Malformed },
        { "newInstance",     "saasExtendParams", HalfCharacter,           Malformed },
        { "newInstance",     "customerName",     "n&expireTime=20310101", Unauthenticated },
        { "newInstance",     "authToken",        "wrong",                 Unauthenticated },
        { "newInstance",     "authToken",        "",                      Unauthenticated },
        { "newInstance",     "timeStamp",        "20200101000000000",     Unauthenticated },
        { "newInstance",     "timeStamp",        "now",                   Unauthenticated },
        { "refreshInstance", "instanceId",       null,                    Malformed },
        { "refreshInstance", "instanceId",       "unknown",               Unknown },
        { "refreshInstance", "orderId",          null,                    Malformed },
        { "refreshInstance", "productId",        new string('x', 65),     Malformed },
        { "refreshInstance", "expireTime",       null,                    Malformed },
        { "refreshInstance", "expireTime",       "2030",                  Malformed },
        { "expireInstance",  "instanceId",       null,                    Malformed },
        { "expireInstance",  "instanceId",       "unknown",               Unknown },
        { "releaseInstance", "instanceId",       new string('x', 65),     Malformed },
        { "releaseInstance", "instanceId",       "unknown",               Unknown },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_has_its_code(string activity, string parameter, string? value, string expected)
    {
        var market = await MarketCaller.OfAsync(apps.Server, apps.Demo.ClientId);
        var instance = await market.BuyAsync($"{_mark}-first", "customer");
        (string Name, string? Value)[] good =
        [
            ("instanceId", instance), ("orderId", _mark), ("customerId", "customer"), ("productId", "product"), ("skuCode", "sku"),
            ("expireTime", "20310101000000"),
        ];
        var call = parameter is "activity"
            ? await market.CallAsync(value, good)
            : await market.CallAsync(activity, [.. good.Where(one => one.Name != parameter), (parameter, value)]);
        await call.ShouldSayAsync(expected);
    }

    [Fact]
    public async Task An_app_without_a_key_hears_of_no_sales()
    {
        await (await new MarketCaller(apps.Server, apps.Stranger.ClientId).CallAsync("newInstance"))
            .ShouldSayAsync(Unauthenticated, isSigned: false);
        await (await new MarketCaller(apps.Server, 999999999).CallAsync("newInstance")).ShouldSayAsync(Unauthenticated, isSigned: false);
    }

    [Fact]
    public async Task A_call_that_is_signed_with_another_key_or_says_something_else_is_refused()
    {
        var market = await MarketCaller.OfAsync(apps.Server, apps.Demo.ClientId);
        market.SignedWith = "another key";
        await (await market.CallAsync("expireInstance", ("instanceId", "x"))).ShouldSayAsync(Unauthenticated);
        market.SignedWith = null;
        await (await market.CallAsync("expireInstance", ("instanceId", "x"))).ShouldSayAsync(Unauthenticated);
    }

    [Theory]
    [InlineData(-301, Unauthenticated), InlineData(-240, Ok), InlineData(240, Ok), InlineData(360, Unauthenticated)]
    public async Task A_call_counts_for_five_minutes(int seconds, string expected)
    {
        var market = await MarketCaller.OfAsync(apps.Server, apps.Demo.ClientId);
        var instance = await market.BuyAsync(_mark, "customer");
        market.At = TimeProvider.System.GetUtcNow().AddSeconds(seconds);
        await (await market.CallAsync("expireInstance", ("instanceId", instance))).ShouldSayAsync(expected);
    }

    [Fact]
    public async Task An_order_that_comes_again_makes_no_second_instance()
    {
        var market = await MarketCaller.OfAsync(apps.Server, apps.Demo.ClientId);
        var made = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => market.BuyAsync(_mark, "customer", DemoOrganisations.Stranger)));
        Assert.Single(made.Distinct());
    }

    [Fact]
    public async Task A_purchase_lives_through_expiry_and_renewal_until_it_is_released()
    {
        var market = await MarketCaller.OfAsync(apps.Server, apps.Demo.ClientId);
        var instance = await market.BuyAsync(_mark, "customer");

        await (await market.CallAsync("expireInstance", ("instanceId", instance))).ShouldSayAsync(Ok);
        Assert.Equal(PurchaseState.Expired, (await FindAsync(instance)).State);

        await (await market.CallAsync(
            "refreshInstance", ("instanceId", instance), ("orderId", $"{_mark}-2"), ("expireTime", "20310101000000"))).ShouldSayAsync(Ok);
        var renewed = await FindAsync(instance);
        Assert.Equal((PurchaseState.Active, 2031), (renewed.State, renewed.ExpiresAt!.Value.Year));

        await (await market.CallAsync("releaseInstance", ("instanceId", instance))).ShouldSayAsync(Ok);
        await (await market.CallAsync("releaseInstance", ("instanceId", instance))).ShouldSayAsync(Ok);
        await (await market.CallAsync("expireInstance", ("instanceId", instance))).ShouldSayAsync(Unknown);
        await (await market.CallAsync(
            "refreshInstance", ("instanceId", instance), ("orderId", $"{_mark}-3"), ("expireTime", "20310101000000")))
            .ShouldSayAsync(Unknown);
    }

    [Fact]
    public async Task A_customer_who_is_one_organisation_does_not_become_another()
    {
        var market = await MarketCaller.OfAsync(apps.Server, apps.Demo.ClientId);
        await market.BuyAsync(_mark, _mark, DemoOrganisations.Stranger);

        await (await market.CallAsync("newInstance",
            ("orderId", $"{_mark}-2"), ("customerId", _mark), ("productId", "product"),
            ("saasExtendParams", MarketCaller.Extension(DemoOrganisations.Welink)))).ShouldSayAsync(Malformed);
        await (await market.CallAsync("newInstance",
            ("orderId", $"{_mark}-3"), ("customerId", $"{_mark}-3"), ("productId", "product"),
            ("saasExtendParams", MarketCaller.Extension(12345)))).ShouldSayAsync(Malformed);
    }

    [Fact]
    public async Task An_instance_of_one_app_is_none_of_another()
    {
        var instance = await (await MarketCaller.OfAsync(apps.Server, apps.Demo.ClientId)).BuyAsync(_mark, "customer");
        var sibling = await MarketCaller.OfAsync(apps.Server, apps.Sibling.ClientId);
        await (await sibling.CallAsync("releaseInstance", ("instanceId", instance))).ShouldSayAsync(Unknown);
    }

    private async Task<Purchase> FindAsync(string instance) =>
        (await apps.Server.Get<IPurchaseStore>().FindAsync(apps.Demo.ClientId, instance, default))!;
}
