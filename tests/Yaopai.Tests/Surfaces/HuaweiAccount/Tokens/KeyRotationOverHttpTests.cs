using System.Net.Http.Json;
using Yaopai.Errors;
using Yaopai.Server.Keys.Jose;
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

    [Fact]
    public async Task FC_34_FC_35_what_was_published_a_minute_before_midnight_holds_the_key_that_signs_after_it()
    {
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { set = "2030-01-01T15:50:00Z" });
        await AdvanceAsync("PT9M");
        var kept = await KidsAsync();
        Assert.InRange((await CertsAsync()).Headers.CacheControl!.MaxAge!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));

        await AdvanceAsync("PT6M");
        var signed = JsonWebToken.Read((await _demo.SignInAsync()).Id);
        Assert.Contains(signed.Kid, kept);
        Assert.DoesNotContain(signed.Kid, kept.Take(2)); // today's and yesterday's come first
        await fixture.Server.Http.DeleteAsync("/sandbox/clock");
    }

    [Theory]
    [InlineData("/huawei/oauth2/v3/certs")]
    [InlineData("/huawei/.well-known/openid-configuration")]
    [InlineData("/huawei/v1beta/public/risc/.well-known/risc-configuration")]
    public async Task FC_35_public_documents_may_be_kept_by_everybody(string path)
    {
        using var response = await fixture.Server.Http.GetAsync(path);

        Assert.Matches("^public, max-age=[0-9]+$", response.Headers.CacheControl!.ToString());
        Assert.False(response.Headers.Contains("Pragma"));
    }

    [Fact]
    public async Task FC_34_keys_of_curves_stand_behind_all_of_RSA()
    {
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { set = "2031-01-01T15:30:00Z" });
        var json = await (await CertsAsync()).JsonAsync();
        await fixture.Server.Http.DeleteAsync("/sandbox/clock");

        Assert.Equal(
            ["RSA", "RSA", "RSA", "EC", "EC", "EC"],
            json.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kty").GetString()));
    }

    private Task<HttpResponseMessage> CertsAsync() => fixture.Server.Http.GetAsync("/huawei/oauth2/v3/certs");

    private async Task<string[]> KidsAsync()
    {
        var json = await (await CertsAsync()).ShouldSucceedAsync(HuaweiAccountErrors.Certs.Ok);
        return [.. json.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
    }

    private Task<HttpResponseMessage> InspectAsync(string idToken) => _demo.PostAsync("/oauth2/v3/tokeninfo", ("id_token", idToken));

    private Task<HttpResponseMessage> AdvanceAsync(string duration) =>
        fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = duration });
}
