using System.Net.Http.Headers;
using System.Text.Json;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Surfaces.HuaweiAccount.People;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.HuaweiAccountErrors.GetInfo;
using Phone = Yaopai.Errors.HuaweiAccountErrors.GetInfoPhone;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.People;

public sealed class GetInfoTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);
    private readonly HuaweiCaller _stranger = new(fixture.Server, HuaweiCaller.Stranger);

    public static TheoryData<string, string?, string> Mistakes { get; } = new()
    {
        { "access_token", null,          nameof(E.ParameterError) },
        { "access_token", "",            nameof(E.ParameterError) },
        { "getNickName",  "2",           nameof(E.ParameterIllegal) },
        { "getNickName",  "yes",         nameof(E.ParameterIllegal) },
        { "access_token", "a b+c",       nameof(E.SessionTimeout) },
        { "access_token", "Zm9yZ2Vk",    nameof(E.SessionTimeout) },
        { "access_token", "{refresh}",   nameof(E.SessionTimeout) },
        { "access_token", "{expired}",   nameof(E.SessionTimeout) },
        { "access_token", "{revoked}",   nameof(E.SessionTimeout) },
        { "access_token", "{app token}", nameof(E.PermissionDenied) },
    };

    /// <summary>The account, the scope, and what the answer says of the phone: number, number without prefix, prefix.</summary>
    public static TheoryData<string, string, string?, string?, string?> Numbers { get; } = new()
    {
        { "mainland", "openid phone",   "11136000008",    "11136000008", "0086" },
        { "hongkong", "openid phone",   "0085261234567",  "61234567",    "00852" },
        { "russia",   "openid phone",   "0079871234560",  "9871234560",  "007" },
        { "nophone",  "openid phone",   null,             null,          null },
        { "mainland", "openid profile", null,             null,          null },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string parameter, string? value, string expected)
    {
        var tokens = await _demo.SignInAsync("hongkong");
        if (value is "{expired}")
            await _demo.AdvanceAsync("PT1H1S");
        if (value is "{revoked}")
            await _demo.RevokeAsync(tokens.Access);
        var presented = value switch
        {
            "{refresh}" => tokens.Refresh,
            "{app token}" => await _demo.AppTokenAsync(),
            _ when value?.StartsWith('{') is true => tokens.Access,
            _ => value,
        };

        var response = await _demo.ServiceAsync(
            "GOpen.User.getInfo", ("access_token", parameter is "access_token" ? presented : tokens.Access),
            ("getNickName", parameter is "getNickName" ? presented : null));

        await _demo.ResetClockAsync();
        await response.ShouldBeAsync(E.All.Single(error => error.Name == expected));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() =>
        Assert.Equal(GetInfo.Rules.Select(rule => rule.Error.Name), Mistakes.Select(row => row.Data.Item3).Distinct());

    [Fact]
    public async Task The_bare_consent_gives_the_identifiers_and_nothing_else()
    {
        var response = await _demo.GetInfoAsync((await _demo.SignInAsync()).Access);

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["openID", "unionID"], NamesOf(await response.ShouldSucceedAsync(E.Ok)));
    }

    [Fact]
    public async Task Profile_gives_the_masked_account_and_the_avatar()
    {
        var json = await InfoAsync("mainland", "openid profile");

        Assert.Equal(["openID", "unionID", "displayName", "displayNameFlag", "headPictureURL"], NamesOf(json));
        Assert.Equal("111******08", json.GetProperty("displayName").GetString());
        Assert.Equal(1, json.GetProperty("displayNameFlag").GetInt32());
    }

    [Theory]
    [InlineData("mainland", "1", "小明", 0)]
    [InlineData("mainland", "0", "111******08", 1)]
    [InlineData("nophone", "1", "no*****@demo.example", 1)] // no nickname: the masked account after all
    public async Task The_nickname_comes_when_it_is_asked_for_and_there_is_one(string user, string getNickName, string name, int flag)
    {
        var json = await InfoAsync(user, "profile", ("getNickName", getNickName));

        Assert.Equal(name, json.GetProperty("displayName").GetString());
        Assert.Equal(flag, json.GetProperty("displayNameFlag").GetInt32());
    }

    [Fact]
    public async Task Email_gives_the_mail_address() =>
        Assert.Equal("mainland@demo.example", (await InfoAsync("mainland", "openid email")).GetProperty("email").GetString());

    [Fact]
    public async Task The_token_may_come_in_the_header()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/huawei/rest.php?nsp_svc=GOpen.User.getInfo");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await _demo.SignInAsync()).Access);

        await (await fixture.Server.Http.SendAsync(request)).ShouldSucceedAsync(E.Ok);
    }

    [Theory, MemberData(nameof(Numbers))]
    public async Task The_phone_number_is_written_as_the_registration_and_the_number_demand(
        string user, string scope, string? mobileNumber, string? purePhoneNumber, string? phoneCountryCode)
    {
        var json = await (await _demo.GetInfoAsync((await _demo.SignInAsync(user, scope)).Access)).ShouldSucceedAsync(Phone.Ok);

        Assert.Equal(mobileNumber, TextOf(json, "mobileNumber"));
        Assert.Equal(purePhoneNumber, TextOf(json, "purePhoneNumber"));
        Assert.Equal(phoneCountryCode, TextOf(json, "phoneCountryCode"));
    }

    [Fact]
    public async Task A_number_that_was_not_chosen_is_not_given()
    {
        var tokens = await _demo.SignInAsync("mainland", "openid phone", new { phone = "none" });

        Assert.Equal(["openID", "unionID"], NamesOf(await (await _demo.GetInfoAsync(tokens.Access)).ShouldSucceedAsync(Phone.Ok)));
    }

    [Fact]
    public async Task The_chosen_number_is_given_until_the_person_removes_it()
    {
        var store = fixture.Server.Get<IAccountStore>();
        var account = (await store.FindByNameAsync("risky", default))!;
        var second = new PhoneNumber(77, "852", "69990000", "HK", IsBound: false, DateTimeOffset.UnixEpoch);
        await store.TryChangeAsync(account with { Phones = [.. account.Phones, second] }, default);
        var tokens = await _demo.SignInAsync("risky", "openid phone", new { phone = "69990000" });

        await AssertEventuallyAsync("0085269990000");
        await store.TryChangeAsync(account, default);
        await AssertEventuallyAsync(null);

        // The server hears of a change that was not made through it from the feed.
        Task AssertEventuallyAsync(string? number) => Eventually.HoldsAsync(
            async () => TextOf(await (await _demo.GetInfoAsync(tokens.Access)).JsonAsync(), "mobileNumber") == number);
    }

    [Fact]
    public async Task An_app_whose_right_to_numbers_was_withdrawn_gets_none()
    {
        var sibling = new HuaweiCaller(fixture.Server, HuaweiCaller.Sibling);
        var tokens = await sibling.SignInAsync("mainland", "openid phone");
        var store = fixture.Server.Get<IAppStore>();
        var app = (await store.FindAsync(sibling.App.ClientId, default))!;

        await store.TryChangeAsync(app with { ApprovedScopes = ["openid"] }, default);

        await Eventually.HoldsAsync(
            async () => !(await (await sibling.GetInfoAsync(tokens.Access)).JsonAsync()).TryGetProperty("mobileNumber", out _));
    }

    [Fact]
    public async Task Without_approval_the_scope_cannot_even_be_asked_for() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => _stranger.CodeAsync("mainland", "openid phone"));

    // The page about phone numbers documents the same service once more; these are its own rows, in its own scenario.

    [Fact]
    public async Task Phone_page_no_token() => await (await _demo.ServiceAsync("GOpen.User.getInfo")).ShouldBeAsync(Phone.ParameterError);

    [Fact]
    public async Task Phone_page_expired_token()
    {
        var tokens = await _demo.SignInAsync("russia", "openid phone");
        await _demo.AdvanceAsync("PT1H1S");

        var response = await _demo.GetInfoAsync(tokens.Access);

        await _demo.ResetClockAsync();
        await response.ShouldBeAsync(Phone.SessionTimeout);
    }

    [Fact]
    public async Task Phone_page_app_level_token() =>
        await (await _demo.GetInfoAsync(await _demo.AppTokenAsync())).ShouldBeAsync(Phone.PermissionDenied);

    private async Task<JsonElement> InfoAsync(string user, string scope, params (string, string?)[] more) =>
        await (await _demo.ServiceAsync("GOpen.User.getInfo", [("access_token", (await _demo.SignInAsync(user, scope)).Access), .. more]))
            .ShouldSucceedAsync(E.Ok);

    private static IEnumerable<string> NamesOf(JsonElement json) => json.EnumerateObject().Select(property => property.Name);

    private static string? TextOf(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
