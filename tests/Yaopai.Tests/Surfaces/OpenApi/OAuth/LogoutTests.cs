using Yaopai.Server.Surfaces.OpenApi.OAuth;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Tests.Surfaces.OpenApi.OAuth;

public sealed class LogoutTests(OwnApps fixture) : IClassFixture<OwnApps>
{
    private readonly OAuthCaller _demo = new(fixture.Server, fixture.Demo);

    public static TheoryData<string, string?, string> Mistakes { get; } = new()
    {
        { "access_token", null,                                     nameof(E.RequestMalformed) },
        { "next",         null,                                     nameof(E.RequestMalformed) },
        { "access_token", "forged",                                 nameof(E.GrantInvalid) },
        { "access_token", "21.forged.60.1-900001-100000001",        nameof(E.GrantInvalid) },
        { "next",         "/callback",                              nameof(E.RequestMalformed) },
        { "next",         "https://evil.example/",                  nameof(E.RedirectUriMismatch) },
        { "next",         "https://demo.example/callback?to=evil",  nameof(E.RedirectUriMismatch) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_error(string parameter, string? value, string expected)
    {
        var address = Address((await _demo.SignInAsync()).Access, (parameter, value));
        await (await fixture.Server.Http.GetAsync(address)).ShouldRefuseAsync(OAuthWire.Named(expected));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() =>
        Mistakes.Select(row => row.Data.Item3).ShouldBreak(Logout.Rules);

    [Fact]
    public async Task The_session_of_the_person_ends_and_no_other()
    {
        using var browser = new BrowserClient(fixture.Server);
        await browser.AgreeAsync(_demo.Authorize());

        Assert.Equal(_demo.App.RedirectUri, (await browser.GetAsync(Address((await _demo.SignInAsync("hongkong")).Access))).Location);
        Assert.NotNull((await browser.GetAsync(_demo.Authorize())).Sent("code"));

        Assert.Equal(_demo.App.RedirectUri, (await browser.GetAsync(Address((await _demo.SignInAsync()).Access))).Location);
        Assert.True((await browser.OpenAsync(_demo.Authorize())).Has("password"));
    }

    private string Address(string token, params (string Name, string? Value)[] changes)
    {
        (string Name, string? Value)[] usual = [("access_token", token), ("next", _demo.App.RedirectUri)];
        return "/open/connect/2.0/logout?" + string.Join('&', usual.Where(one => changes.All(change => change.Name != one.Name))
            .Concat(changes).Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"));
    }
}
