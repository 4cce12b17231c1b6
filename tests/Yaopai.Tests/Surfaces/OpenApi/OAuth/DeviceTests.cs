using System.Xml.Linq;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.OpenApi.OAuth;
using Yaopai.Tests.Http;
using Yaopai.Tests.OAuth;
using Yaopai.Tests.Surfaces.Contract;
using Api = Yaopai.Errors.OpenApiErrors.Api;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Tests.Surfaces.OpenApi.OAuth;

/// <summary>A device without a keyboard: it begins, its person answers elsewhere, it polls.</summary>
public sealed class DeviceTests(DeviceTests.Unlimited fixture) : IClassFixture<DeviceTests.Unlimited>
{
    private readonly OAuthCaller _demo = new(fixture.Server);
    private readonly OAuthCaller _sibling = new(fixture.Server, DemoData.Apps[1]);

    public sealed class Unlimited : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Quotas:UserCodesPerMinute", "0")];
    }

    public static TheoryData<string, string?, string> BeginMistakes { get; } = new()
    {
        { "client_id",     null,              nameof(E.RequestMalformed) },
        { "client_id",     "",                nameof(E.RequestMalformed) },
        { "response_type", null,              nameof(E.RequestMalformed) },
        { "response_type", "",                nameof(E.RequestMalformed) },
        { "response_type", "code",            nameof(E.ResponseTypeUnsupported) },
        { "response_type", "{long}",          nameof(E.ResponseTypeUnsupported) },
        { "client_id",     "abc",             nameof(E.ClientAuthenticationFailed) },
        { "client_id",     "999999999",       nameof(E.ClientAuthenticationFailed) },
        { "client_id",     "{long}",          nameof(E.ClientAuthenticationFailed) },
        { "client_secret", "wrong",           nameof(E.ClientAuthenticationFailed) },
        { "client_secret", "{long}",          nameof(E.ClientAuthenticationFailed) },
        { "client_id",     "200000001",       nameof(E.GrantTypeForbidden) },
        { "scope",         "made_up",         nameof(E.ScopeInvalid) },
        { "scope",         " ",               nameof(E.ScopeInvalid) },
        { "scope",         "{long}",          nameof(E.ScopeInvalid) },
    };

    public static TheoryData<string, string?, string> PollMistakes { get; } = new()
    {
        { "code",          null,               nameof(E.RequestMalformed) },
        { "code",          "",                 nameof(E.RequestMalformed) },
        { "client_secret", "wrong",            nameof(E.ClientAuthenticationFailed) },
        { "code",          "forged",           nameof(E.GrantInvalid) },
        { "code",          "{long}",           nameof(E.GrantInvalid) },
        { "code",          "{of another app}", nameof(E.GrantInvalid) },
        { "code",          "{of Huawei}",      nameof(E.GrantInvalid) },
        { "code",          "{a person's}",     nameof(E.GrantInvalid) },
        { "code",          "{taken}",          nameof(E.GrantInvalid) },
        { "code",          "{withdrawn}",      nameof(E.GrantInvalid) },
        { "code",          "{expired}",        nameof(E.RefreshTokenExpired) },
        { "code",          "{denied}",         nameof(E.AccessDenied) },
    };

    [Theory, MemberData(nameof(BeginMistakes))]
    public async Task Each_mistake_in_the_beginning_earns_its_error(string parameter, string? value, string expected)
    {
        (string Name, string? Value)[] good = [("client_id", _demo.ClientId), ("response_type", "device_code"), ("scope", "basic")];
        (string, string?)[] form = [.. good.Where(one => one.Name != parameter), (parameter, Filled(value))];

        await (await _demo.PostAsync("device/code", form)).ShouldRefuseAsync(OAuthWire.Named(expected));
        await (await _demo.GetAsync("device/code", form)).ShouldRefuseAsync(OAuthWire.Named(expected));
    }

    [Theory, MemberData(nameof(PollMistakes))]
    public async Task Each_mistake_of_a_poll_earns_its_error(string parameter, string? value, string expected)
    {
        var device = await (value is "{of another app}" ? _sibling : _demo).DeviceAsync();
        await _demo.PersonAsync(device, "scan", value is "{denied}" ? "deny" : "confirm");
        var code = value switch
        {
            "{of Huawei}" => (await new HuaweiCaller(fixture.Server).ConfirmedDeviceAsync()).Code,
            "{a person's}" => await _demo.CodeAsync(),
            "{long}" => new string('a', 5000),
            null or "" or "forged" => value,
            _ => device.Code,
        };
        if (value is "{taken}")
        {
            await (await _demo.PollAsync(device)).ShouldGiveAsync();
            await _demo.AdvanceAsync("PT5S");
        }

        if (value is "{withdrawn}")
            await _demo.WithdrawAsync();
        if (value is "{expired}")
            await _demo.AdvanceAsync("PT30M1S");

        (string Name, string? Value)[] good = [("grant_type", "device_token"), .. _demo.Proof, ("code", device.Code)];
        var response = await _demo.PostAsync(
            "token", [.. good.Where(one => one.Name != parameter), (parameter, parameter is "code" ? code : value)]);
        await _demo.ResetClockAsync();
        await response.ShouldRefuseAsync(OAuthWire.Named(expected));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake()
    {
        BeginMistakes.Select(row => row.Data.Item3).ShouldBreak(DeviceCode.Rules, "CallsThrottled");
        Assert.Empty(Token.DeviceToken.Select(rule => rule.Error.Name)
            .Except(["CallsThrottled", nameof(E.GrantTypeForbidden), nameof(E.GrantTypeUnsupported)])
            .Except(PollMistakes.Select(row => row.Data.Item3)));
    }

    [Fact]
    public async Task A_device_gets_what_it_shows_and_what_it_polls_with()
    {
        var json = await (await _demo.PostAsync("device/code", ("client_id", _demo.ClientId), ("response_type", "device_code")))
            .ShouldGiveAsync();

        Assert.Equal(
            ["device_code", "user_code", "verification_url", "qrcode_url", "expires_in", "interval"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal((1800, 5), (json.GetProperty("expires_in").GetInt64(), json.GetProperty("interval").GetInt64()));
        var page = json.GetProperty("verification_url").GetString();
        Assert.Equal($"{fixture.Server.Address}open/oauth/2.0/device", page);

        var drawing = await fixture.Server.Http.GetAsync(json.GetProperty("qrcode_url").GetString());
        Assert.Equal("image/svg+xml", drawing.Content.Headers.ContentType!.ToString());
        Assert.Equal($"{page}?user_code={json.GetProperty("user_code").GetString()}",
            QrReader.Read(XElement.Parse(await drawing.Content.ReadAsStringAsync())));
    }

    [Fact]
    public async Task A_device_waits_for_its_person_and_then_goes_on()
    {
        var device = await _demo.DeviceAsync("basic email");
        await (await _demo.PollAsync(device)).ShouldRefuseAsync(E.GrantInvalid, "authorization_pending");
        await _demo.PersonAsync(device, "scan");
        await _demo.AdvanceAsync("PT5S");
        await (await _demo.PollAsync(device)).ShouldRefuseAsync(E.GrantInvalid, "authorization_pending");
        await _demo.PersonAsync(device, "confirm");
        await _demo.AdvanceAsync("PT5S");

        var json = await (await _demo.PollAsync(device)).ShouldGiveAsync();
        Assert.Equal("basic email", json.GetProperty("scope").GetString());
        await (await _demo.RefreshAsync(OAuthCaller.Read(json).Refresh)).ShouldGiveAsync();
    }

    [Fact]
    public async Task A_person_types_the_code_compares_it_and_allows()
    {
        await _demo.WithdrawAsync();
        var device = await _demo.DeviceAsync("basic netdisk");
        using var browser = new BrowserClient(fixture.Server);

        var entry = await browser.GetAsync("/open/oauth/2.0/device");
        Assert.True(entry.Has("user_code"));
        Assert.DoesNotContain("id=\"fault\"", entry.Html);
        var unknown = await browser.GetAsync("/open/oauth/2.0/device?user_code=BBBBBBBB");
        Assert.Contains("No device is waiting for this code", unknown.Html);

        var signIn = await browser.OpenAsync($"/open/oauth/2.0/device?user_code={device.UserCode.ToLowerInvariant()}");
        var page = await browser.SubmitAndFollowAsync(signIn, ("login", "mainland"), ("password", DemoData.Password));
        Assert.Contains("net disk", page.Html);
        var done = await browser.SubmitAndFollowAsync(page, ("verdict", "Allow"));
        Assert.Contains("You allowed it", done.Html);
        await (await _demo.PollAsync(device)).ShouldGiveAsync();

        var taken = await browser.GetAsync($"/open/oauth/2.0/device?user_code={device.UserCode}");
        Assert.Contains("Somebody else has opened this code", taken.Html);
    }

    [Theory]
    [InlineData("device", nameof(E.RequestMalformed))]
    [InlineData("device/qr", nameof(E.RequestMalformed))]
    [InlineData("device?user_code=", nameof(E.RequestMalformed))]
    [InlineData("device?user_code=BBBBBBBB", nameof(E.RefreshTokenExpired))]
    [InlineData("device?user_code=short", nameof(E.RefreshTokenExpired))]
    [InlineData("device/qr?user_code=BBBBBBBB", nameof(E.RefreshTokenExpired))]
    [InlineData("device?user_code=BBBBBBBB&user_code=CCCCCCCC", nameof(E.RequestMalformed))]
    public async Task Each_mistake_with_a_user_code_earns_its_error(string path, string expected) =>
        await (await fixture.Server.Http.GetAsync("/open/oauth/2.0/" + path)).ShouldRefuseAsync(OAuthWire.Named(expected));

    [Fact]
    public async Task Somebody_elses_device_is_refused()
    {
        var device = await _demo.DeviceAsync();
        await _demo.PersonAsync(device, "scan");
        using var browser = new BrowserClient(fixture.Server);
        await browser.AgreeAsync(_demo.Authorize(), user: "hongkong");

        await (await browser.AskAsync($"/open/oauth/2.0/device?user_code={device.UserCode}")).Response.ShouldRefuseAsync(E.AccessDenied);
    }

    [Fact]
    public async Task Who_begins_too_often_without_a_secret_is_held_back()
    {
        var quotas = fixture.Server.Get<Server.Gateway.Quotas>();
        while (quotas.TryTakeDeviceCode(System.Net.IPAddress.Loopback))
        {
        }

        var response = await _demo.PostAsync("device/code", ("client_id", _demo.ClientId), ("response_type", "device_code"));
        quotas.Clear();
        await response.ShouldRefuseAsync(Api.CallsThrottled);
    }

    private static string? Filled(string? value) => value is "{long}" ? new string('a', 5000) : value;
}
