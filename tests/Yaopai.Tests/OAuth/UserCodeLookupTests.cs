using System.Net;
using System.Net.Http.Json;
using Yaopai.Errors;
using Yaopai.Server.Consents;
using Yaopai.Server.OAuth;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.OAuth;

public sealed class UserCodeLookupTests(UserCodeLookupTests.Narrow fixture) : IClassFixture<UserCodeLookupTests.Narrow>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);
    private readonly UserCodeLookup _lookup = fixture.Server.Get<UserCodeLookup>();

    public sealed class Narrow : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Quotas:UserCodesPerMinute", "5")];
    }

    [Fact]
    public async Task An_address_that_tries_many_codes_learns_nothing_more_even_of_the_right_one()
    {
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { set = "2026-03-01T00:00:00Z" }); // from the start of a window
        var device = await _demo.DeviceAsync();
        var (guesser, other) = (IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"));

        for (var i = 0; i < 5; i++)
            Assert.Equal((true, null), await _lookup.FindAsync(guesser, UserCode.New(), default));

        Assert.Equal((false, null), await _lookup.FindAsync(guesser, device.UserCode, default));
        Assert.Equal(_demo.App.ClientId, (await _lookup.FindAsync(other, device.UserCode, default)).Device?.AppId);

        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "PT1M" });
        Assert.NotNull((await _lookup.FindAsync(guesser, device.UserCode, default)).Device);
    }

    [Fact]
    public async Task Pages_and_drawings_of_codes_count_alike()
    {
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { set = "2026-03-02T00:00:00Z" });
        var device = await _demo.DeviceAsync();
        var (page, drawing) = ("/huawei/oauth2/v3/device?user_code=", "/huawei/oauth2/v3/device/qr?user_code=");

        for (var i = 0; i < 5; i++)
            await (await fixture.Server.Http.GetAsync((i % 2 == 0 ? page : drawing) + UserCode.New()))
                .ShouldBeAsync(HuaweiAccountErrors.DevicePage.UserCodeUnknown);

        await (await fixture.Server.Http.GetAsync(page + device.UserCode)).ShouldBeAsync(HuaweiAccountErrors.DevicePage.FlowControl);
        await (await fixture.Server.Http.GetAsync(drawing + device.UserCode)).ShouldBeAsync(HuaweiAccountErrors.DevicePage.FlowControl);
        await (await fixture.Server.Http.GetAsync(page)).ShouldBeAsync(HuaweiAccountErrors.DevicePage.UserCodeMissing); // which is no guess

        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "PT1M" });
        Assert.Equal(HttpStatusCode.OK, (await fixture.Server.Http.GetAsync(drawing + device.UserCode)).StatusCode);
    }
}
