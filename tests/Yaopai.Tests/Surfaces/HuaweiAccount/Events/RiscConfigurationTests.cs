using Yaopai.Tests.Http;
using Certs = Yaopai.Errors.HuaweiAccountErrors.Certs;
using E = Yaopai.Errors.HuaweiAccountErrors.RiscConfiguration;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.Events;

public sealed class RiscConfigurationTests(SharedServer fixture)
{
    private const string Path = "/v1beta/public/risc/.well-known/risc-configuration";

    [Fact]
    public async Task It_says_who_sends_which_events_and_where_the_keys_are()
    {
        var json = await (await fixture.Server.Http.GetAsync("/huawei" + Path)).ShouldSucceedAsync(E.Ok);

        Assert.Equal(
            ["issuer", "jwks_uri", "delivery_methods_supported", "events_supported"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("id.cloud.huawei.com", json.GetProperty("issuer").GetString());
        Assert.Equal(
            ["oauth/event-type/tokens-revoked", "oauth/event-type/phone-modified", "risc/event-type/account-purged"],
            json.GetProperty("events_supported").EnumerateArray().Select(
                uri => uri.GetString()!["https://schemas.openid.net/secevent/".Length..]));
        await (await fixture.Server.Http.GetAsync(json.GetProperty("jwks_uri").GetString())).ShouldSucceedAsync(Certs.Ok);
    }

    [Fact]
    public async Task At_its_own_host_it_stands_at_the_root()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { Host = "risc.cloud.huawei.com" } };

        var json = await (await fixture.Server.Http.SendAsync(request)).ShouldSucceedAsync(E.Ok);

        Assert.Equal("http://risc.cloud.huawei.com/oauth2/v3/certs", json.GetProperty("jwks_uri").GetString());
    }
}
