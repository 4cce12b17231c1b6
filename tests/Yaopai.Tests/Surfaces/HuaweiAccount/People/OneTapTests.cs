using System.Text.Json;
using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Keys.Jose;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.People;

/// <summary>The number of one-tap sign-in where it does not come from quickLogin: getInfo and the ID token.</summary>
public sealed class OneTapTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);

    [Theory]
    [InlineData("mainland", "11136000008", 1)]
    [InlineData("unverified", "11136000009", 0)]
    public async Task GetInfo_gives_the_bound_number_and_whether_it_proved_reachable(string user, string number, int valid)
    {
        var json = await InfoAsync(user, "openid quickLoginMobilePhone");

        Assert.Equal(
            ["openID", "unionID", "loginMobileNumber", "loginMobileValid", "purePhoneNumber", "phoneCountryCode"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(number, json.GetProperty("loginMobileNumber").GetString());
        Assert.Equal(valid, json.GetProperty("loginMobileValid").GetInt32());
        Assert.Equal(number, json.GetProperty("purePhoneNumber").GetString());
        Assert.Equal("0086", json.GetProperty("phoneCountryCode").GetString());
    }

    [Theory]
    [InlineData("hongkong", "HK site doesn't support quick login, see the guide for details")]
    [InlineData("russia", "RU site doesn't support quick login, see the guide for details")]
    public async Task Outside_the_mainland_it_gives_a_warning_and_no_number(string user, string warning)
    {
        var json = await InfoAsync(user, "openid quickLoginMobilePhone");

        Assert.Equal(["openID", "unionID", "warning"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(warning, json.GetProperty("warning").GetString());
    }

    [Fact]
    public async Task A_mainland_account_is_warned_of_the_region_of_its_number()
    {
        var store = fixture.Server.Get<IAccountStore>();
        var account = (await store.FindByNameAsync("risky", default))!;
        await store.TryChangeAsync(
            account with { Phones = [account.Phones[0] with { CallingCode = "853", National = "60000001", Region = "MO" }] }, default);
        fixture.Server.Get<AccountDirectory>().Clear();

        var json = await InfoAsync("risky", "openid quickLoginMobilePhone");

        await store.TryChangeAsync(account, default);
        fixture.Server.Get<AccountDirectory>().Clear();
        Assert.StartsWith("MO site", json.GetProperty("warning").GetString());
        Assert.False(json.TryGetProperty("loginMobileNumber", out _));
    }

    [Fact]
    public async Task Who_has_no_number_has_nothing_to_give() =>
        Assert.Equal(["openID", "unionID"],
            (await InfoAsync("nophone", "openid quickLoginMobilePhone")).EnumerateObject().Select(property => property.Name));

    [Fact]
    public async Task Of_two_numbers_the_parts_are_those_of_the_chosen_one()
    {
        var store = fixture.Server.Get<IAccountStore>();
        var account = (await store.FindByNameAsync("risky", default))!;
        var second = new PhoneNumber(78, "852", "69990001", "HK", IsBound: false, DateTimeOffset.UnixEpoch);
        await store.TryChangeAsync(account with { Phones = [.. account.Phones, second] }, default);
        fixture.Server.Get<AccountDirectory>().Clear();

        var json = await InfoAsync("risky", "openid phone quickLoginMobilePhone", new { phone = "69990001" });

        await store.TryChangeAsync(account, default);
        fixture.Server.Get<AccountDirectory>().Clear();
        Assert.Equal("0085269990001", json.GetProperty("mobileNumber").GetString());
        Assert.Equal("11136000010", json.GetProperty("loginMobileNumber").GetString());
        Assert.Equal("69990001", json.GetProperty("purePhoneNumber").GetString());
        Assert.Equal("00852", json.GetProperty("phoneCountryCode").GetString());
        Assert.Equal(json.EnumerateObject().Count(), json.EnumerateObject().DistinctBy(property => property.Name).Count());
    }

    [Fact]
    public async Task The_chosen_number_is_given_beside_the_warning()
    {
        var json = await InfoAsync("hongkong", "openid phone quickLoginMobilePhone");

        Assert.Equal(
            ["openID", "unionID", "mobileNumber", "purePhoneNumber", "phoneCountryCode", "warning"],
            json.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Without_approval_neither_number_nor_warning_is_given()
    {
        var sibling = new HuaweiCaller(fixture.Server, HuaweiCaller.Sibling);
        var mine = (await sibling.SignInAsync("mainland", "openid quickLoginMobilePhone quickLoginAnonymousPhone")).Access;
        var theirs = (await sibling.SignInAsync("hongkong", "openid quickLoginMobilePhone")).Access;
        var code = await sibling.CodeAsync("mainland", "openid quickLoginAnonymousPhone");
        var store = fixture.Server.Get<IAppStore>();
        var app = (await store.FindAsync(sibling.App.ClientId, default))!;
        await store.TryChangeAsync(app with { ApprovedScopes = ["openid"] }, default);
        fixture.Server.Get<AppDirectory>().Clear();

        foreach (var token in new[] { mine, theirs })
            Assert.Equal(["openID", "unionID"],
                (await (await sibling.GetInfoAsync(token)).JsonAsync()).EnumerateObject().Select(property => property.Name));
        var idToken = (await (await sibling.ExchangeAsync(code)).JsonAsync()).GetProperty("id_token").GetString()!;
        Assert.False(ClaimsOf(idToken).TryGetProperty("anonymized_login_mobile_number", out _));

        await store.TryChangeAsync(app, default);
        fixture.Server.Get<AppDirectory>().Clear();
    }

    [Theory]
    [InlineData("mainland", "openid quickLoginAnonymousPhone", "111******08")]
    [InlineData("mainland", "openid quickLoginMobilePhone", null)]
    [InlineData("mainland", "openid phone", null)]
    [InlineData("nophone", "openid quickLoginAnonymousPhone", null)]
    [InlineData("hongkong", "openid quickLoginAnonymousPhone", null)] // one-tap sign-in is not offered there
    public async Task The_id_token_holds_the_masked_number_for_the_anonymous_scope(string user, string scope, string? masked)
    {
        var claims = ClaimsOf((await _demo.SignInAsync(user, scope)).Id);

        Assert.Equal(masked, claims.TryGetProperty("anonymized_login_mobile_number", out var claim) ? claim.GetString() : null);
    }

    private async Task<JsonElement> InfoAsync(string user, string scope, object? more = null) =>
        await (await _demo.GetInfoAsync((await _demo.SignInAsync(user, scope, more)).Access))
            .ShouldSucceedAsync(HuaweiAccountErrors.GetInfo.Ok);

    private static JsonElement ClaimsOf(string idToken) => JsonWebToken.Read(idToken).Payload!.Value;
}

/// <summary>App servers that are not in a network of the mainland.</summary>
public sealed class OneTapFromElsewhereTests(OneTapFromElsewhereTests.Elsewhere fixture) : IClassFixture<OneTapFromElsewhereTests.Elsewhere>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);

    public sealed class Elsewhere : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Surfaces:HuaweiAccount:MainlandNetworks:0", "192.0.2.0/24")];
    }

    [Fact]
    public async Task QuickLogin_is_restricted_and_the_code_is_still_good()
    {
        var code = await _demo.OneTapCodeAsync();

        await (await _demo.QuickLoginAsync(code)).ShouldBeAsync(HuaweiAccountErrors.QuickLogin.PhoneNumberRestricted);
        await (await _demo.ExchangeAsync(code)).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok);
    }

    [Theory]
    [InlineData("mainland", "xxx")]
    [InlineData("hongkong", "HK")]
    public async Task GetInfo_gives_the_warning_to_the_letter(string user, string region)
    {
        var json = await (await _demo.GetInfoAsync((await _demo.SignInAsync(user, "quickLoginMobilePhone")).Access)).JsonAsync();

        Assert.Equal($"{region} site doesn't support quick login, see the guide for details", json.GetProperty("warning").GetString());
        Assert.False(json.TryGetProperty("loginMobileNumber", out _));
    }
}

public sealed class MainlandNetworksTests : IAsyncLifetime
{
    private readonly OnSqlite _engine = new();

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task From_a_mainland_network_the_number_is_given()
    {
        await using var server = await TestServer.StartAsync(
            _engine, ("Surfaces:HuaweiAccount:MainlandNetworks:0", "192.0.2.0/24"),
            ("Surfaces:HuaweiAccount:MainlandNetworks:1", "127.0.0.0/8"));
        var demo = new HuaweiCaller(server);

        await (await demo.QuickLoginAsync(await demo.OneTapCodeAsync())).ShouldSucceedAsync(HuaweiAccountErrors.QuickLogin.Ok);
    }

    [Fact]
    public async Task What_is_no_network_keeps_the_server_from_starting()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => TestServer.StartAsync(_engine, ("Surfaces:HuaweiAccount:MainlandNetworks:0", "mainland")));

        Assert.Contains("MainlandNetworks", refusal.Message, StringComparison.Ordinal);
    }
}
