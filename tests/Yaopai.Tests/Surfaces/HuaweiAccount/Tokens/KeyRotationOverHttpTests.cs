using System.Net.Http.Json;
using Yaopai.Errors;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.Tokens;

/// <summary>Days that pass: a class of its own, because it moves the clock of everyone.</summary>
public sealed class KeyRotationOverHttpTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);

    [Fact]
    public async Task A_day_later_yesterdays_key_is_still_published_and_two_days_later_it_is_not()
    {
        var idToken = (await _demo.SignInAsync()).Id;
        var today = await KidsAsync();

        await AdvanceAsync("P1D");
        var tomorrow = await KidsAsync();
        Assert.Equal(today[0], tomorrow[1]);
        await (await InspectAsync(idToken)).ShouldBeAsync(HuaweiAccountErrors.TokenInfo.IdTokenExpired);

        await AdvanceAsync("P1D");
        Assert.DoesNotContain(today[0], await KidsAsync());
        await (await InspectAsync(idToken)).ShouldBeAsync(HuaweiAccountErrors.TokenInfo.KeyUnknown);
    }

    private async Task<string[]> KidsAsync()
    {
        var json = await (await fixture.Server.Http.GetAsync("/huawei/oauth2/v3/certs")).ShouldSucceedAsync(HuaweiAccountErrors.Certs.Ok);
        return [.. json.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
    }

    private Task<HttpResponseMessage> InspectAsync(string idToken) => _demo.PostAsync("/oauth2/v3/tokeninfo", ("id_token", idToken));

    private Task<HttpResponseMessage> AdvanceAsync(string duration) =>
        fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = duration });
}
