using System.Net.Http.Headers;
using System.Xml.Linq;
using Yaopai.Server.Surfaces.HuaweiAccount.OAuth;
using Yaopai.Tests.Http;
using Yaopai.Tests.OAuth;
using E = Yaopai.Errors.HuaweiAccountErrors.DevicePage;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.OAuth;

/// <summary>Where a device sends its person, as a program sees it. What the person sees is tested with the pages.</summary>
public sealed class DevicePageTests(DevicePageTests.Unlimited fixture) : IClassFixture<DevicePageTests.Unlimited>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);

    public sealed class Unlimited : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Quotas:UserCodesPerMinute", "0")];
    }

    /// <summary>What comes in the place of a good user code. Null leaves it out; braces name a device that is made first.</summary>
    public static TheoryData<string?, string> Mistakes { get; } = new()
    {
        { null,                   nameof(E.UserCodeMissing) },
        { "",                     nameof(E.UserCodeMissing) },
        { " ",                    nameof(E.UserCodeUnknown) },
        { "BCDFGHJK",             nameof(E.UserCodeUnknown) },
        { "BCDFGHJ",              nameof(E.UserCodeUnknown) },
        { "BCDFGHJKL",            nameof(E.UserCodeUnknown) },
        { "ABCDEFGH",             nameof(E.UserCodeUnknown) },
        { "12345678",             nameof(E.UserCodeUnknown) },
        { "' OR 1=1 --",          nameof(E.UserCodeUnknown) },
        { "ＢＣＤＦＧＨＪＫ",     nameof(E.UserCodeUnknown) },
        { "{with a tail}",        nameof(E.UserCodeUnknown) },
        { "{10,000 letters}",     nameof(E.UserCodeUnknown) },
        { "{its device code}",    nameof(E.UserCodeUnknown) },
        { "{not opened in time}", nameof(E.UserCodeUnknown) },
        { "{expired}",            nameof(E.UserCodeUnknown) },
        { "{confirmed}",          nameof(E.UserCodeTaken) },
        { "{denied}",             nameof(E.UserCodeTaken) },
        { "{traded}",             nameof(E.UserCodeTaken) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string? value, string expected)
    {
        var userCode = await UserCodeAsync(value);
        var answers = new List<HttpResponseMessage>
        {
            await fixture.Server.Http.GetAsync(Web.Device(userCode)),
            await fixture.Server.Http.GetAsync(Web.Device(userCode).Replace("/device", "/device/qr")),
            await _demo.PostAsync("/oauth2/v3/device", ("user_code", userCode)),
        };
        await _demo.ResetClockAsync();

        foreach (var answer in answers)
            await answer.ShouldBeAsync(Definitions.Named($"DevicePage.{expected}"));
    }

    [Fact]
    public void Every_rule_has_a_mistake() => Assert.Equal(
        DevicePage.Rules.Select(rule => rule.Error.Name).Where(name => name is not nameof(E.FlowControl)), // depends on earlier calls
        Mistakes.Select(row => row.Data.Item2).Distinct());

    [Fact]
    public async Task A_user_code_counts_where_it_belongs_and_once()
    {
        var device = await _demo.DeviceAsync();
        using var header = new HttpRequestMessage(HttpMethod.Get, Web.Device(null)) { Headers = { { "user_code", device.UserCode } } };
        using var json = new StringContent($$"""{"user_code":"{{device.UserCode}}"}""", new MediaTypeHeaderValue("application/json"));

        await (await fixture.Server.Http.SendAsync(header)).ShouldBeAsync(E.UserCodeMissing);
        await (await fixture.Server.Http.PostAsync(Web.Device(null), json)).ShouldBeAsync(E.BadRequest);
        await (await fixture.Server.Http.GetAsync(Web.Device(null) + $"?User_Code={device.UserCode}")).ShouldBeAsync(E.UserCodeMissing);
        await (await fixture.Server.Http.GetAsync(Web.Device(device.UserCode) + $"&user_code={device.UserCode}"))
            .ShouldBeAsync(E.BadRequest);
        await (await fixture.Server.Http.GetAsync(Web.Device(null) + $"?user_code[]={device.UserCode}")).ShouldBeAsync(E.UserCodeMissing);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0} ")]
    [InlineData("{1} {2}")]
    [InlineData("{1}-{2}")]
    public async Task A_user_code_is_read_as_people_type_it_and_leads_to_the_page(string typed)
    {
        var code = (await _demo.DeviceAsync()).UserCode;
        var text = string.Format(typed, code.ToLowerInvariant(), code[..4], code[4..]);
        using var browser = new BrowserClient(fixture.Server);

        await (await browser.AskAsync(Web.Device(text))).Response.ShouldSucceedAsync(E.Ok);
        await (await browser.PostAsync(Web.Device(null), ("user_code", text))).Response.ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task Who_scanned_may_come_back_and_nobody_else()
    {
        var device = await _demo.DeviceAsync();
        using var mine = new BrowserClient(fixture.Server);
        using var other = new BrowserClient(fixture.Server);
        await mine.AgreeAsync();
        await other.AgreeAsync(user: "hongkong");
        await _demo.PersonAsync(device, "mainland", "scan");

        await (await mine.AskAsync(Web.Device(device.UserCode))).Response.ShouldSucceedAsync(E.Ok);
        await (await other.AskAsync(Web.Device(device.UserCode))).Response.ShouldBeAsync(E.UserCodeTaken);
    }

    [Theory]
    [InlineData("127.0.0.1", "/huawei")]
    [InlineData("oauth-login.cloud.huawei.com", "")]
    public async Task The_drawing_leads_to_the_page_at_the_host_where_it_was_asked_for(string host, string prefix)
    {
        var device = await _demo.DeviceAsync();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{prefix}/oauth2/v3/device/qr?user_code={device.UserCode.ToLowerInvariant()}")
        {
            Headers = { Host = host },
        };
        var response = await fixture.Server.Http.SendAsync(request);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("no-store", response.Headers.CacheControl!.ToString());
        var svg = XElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal($"http://{host}{prefix}/oauth2/v3/device?user_code={device.UserCode}", QrReader.Read(svg));
        Assert.Equal($"{device.UserCode[..4]} {device.UserCode[4..]}", svg.Attribute("aria-label")!.Value);
    }

    [Fact]
    public async Task What_is_drawn_is_where_the_device_code_says_that_the_page_is()
    {
        var json = await (await _demo.PostAsync("/oauth2/v3/device/code", ("client_id", _demo.ClientId))).JsonAsync();
        var (url, userCode) = (json.GetProperty("verification_url").GetString()!, json.GetProperty("user_code").GetString()!);

        var svg = XElement.Parse(await fixture.Server.Http.GetStringAsync($"{url}/qr?user_code={userCode}"));
        Assert.Equal($"{url}?user_code={userCode}", QrReader.Read(svg));
    }

    private async Task<string?> UserCodeAsync(string? value)
    {
        if (value is null or not ['{', ..])
            return value;

        if (value is "{10,000 letters}")
            return new string('B', 10_000);

        var device = value switch
        {
            "{confirmed}" or "{traded}" => await _demo.ConfirmedDeviceAsync(),
            _ => await _demo.DeviceAsync(),
        };
        switch (value)
        {
            case "{with a tail}":
                return device.UserCode + ".";
            case "{its device code}":
                return device.Code;
            case "{not opened in time}":
                await _demo.AdvanceAsync("PT2M");
                break;
            case "{expired}":
                await _demo.PersonAsync(device, "mainland", "scan");
                await _demo.AdvanceAsync("PT30M");
                break;
            case "{denied}":
                await _demo.PersonAsync(device, "mainland", "scan");
                await _demo.PersonAsync(device, "mainland", "deny");
                break;
            case "{traded}":
                await _demo.PollAsync(device);
                break;
        }

        return device.UserCode;
    }
}
