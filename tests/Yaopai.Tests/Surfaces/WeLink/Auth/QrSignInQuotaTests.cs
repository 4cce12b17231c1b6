using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Tests.Surfaces.WeLink.Auth;

public sealed class QrSignInQuotaTests(QrSignInQuotaTests.Narrow fixture) : IClassFixture<QrSignInQuotaTests.Narrow>
{
    public sealed class Narrow : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Quotas:DeviceCodesPerMinute", "1")];
    }

    [Fact]
    public async Task An_address_gets_so_many_codes_a_minute_and_passwords_go_on()
    {
        var app = DemoData.Apps[0];
        var address = $"{WeLinkCaller.Root}/sso/oauth2/sns_authorize?client_id={app.ClientId}&response_type=code&scope=snsapi_login"
            + $"&redirect_uri={Uri.EscapeDataString(app.RedirectUri)}";
        using var browser = new BrowserClient(fixture.Server);

        Assert.StartsWith("/scan?", (await browser.GetAsync(address)).Location);
        var view = await browser.GetAsync(address);

        Assert.StartsWith(app.RedirectUri, view.Location);
        Assert.Equal(G.CallsThrottled.Code, view.Sent("code"));
        Assert.StartsWith("/sign-in?", (await browser.GetAsync(address + "&password=1")).Location);
    }
}
