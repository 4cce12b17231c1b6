using Yaopai.Errors;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using A = Yaopai.Errors.WeLinkErrors.Auth;
using C = Yaopai.Errors.WeLinkErrors.Contact;
using G = Yaopai.Errors.WeLinkErrors.Gateway;
using O = Yaopai.Errors.WeLinkErrors.OAuth;

namespace Yaopai.Tests.Surfaces.WeLink.Auth;

public sealed class AuthorizeTests(OwnApps apps) : IClassFixture<OwnApps>
{
    /// <summary>Shown here: the redirect URI is not trusted yet.</summary>
    public static TheoryData<string, string?, string> BeforeRedirect { get; } = new()
    {
        { "client_id",    new string('1', 256),                  "OAuth.ClientIdTooLong" },
        { "client_id",    null,                                  "OAuth.ClientAuthenticationFailed" },
        { "client_id",    "",                                    "OAuth.ClientAuthenticationFailed" },
        { "client_id",    "999999999",                           "OAuth.ClientAuthenticationFailed" },
        { "redirect_uri", null,                                  "Registration.RedirectUrlMalformed" },
        { "redirect_uri", "/callback",                           "Registration.RedirectUrlMalformed" },
        { "redirect_uri", "https://other.example/callback",      "Registration.RedirectUrlMalformed" },
        { "redirect_uri", "https://demo.example/callback?a=b",   "Registration.RedirectUrlMalformed" },
        { "redirect_uri", "https://demo.example/callback/",      "Registration.RedirectUrlMalformed" },
    };

    /// <summary>Told to the app.</summary>
    public static TheoryData<string, string?, string> AfterRedirect { get; } = new()
    {
        { "state",         new string('s', 256), "OAuth.StateTooLong" },
        { "response_type", null,                 "Auth.RequestMalformed" },
        { "response_type", "token",              "Auth.RequestMalformed" },
        { "scope",         "contact_read",       "Gateway.AccessForbidden" },
        { "scope",         "nonsense",           "Gateway.AccessForbidden" },
        { "scope",         "backendlogin snsapi_login", "Gateway.AccessForbidden" },
    };

    [Theory, MemberData(nameof(BeforeRedirect))]
    public async Task A_mistake_before_the_redirect_is_shown_here(string parameter, string? value, string expected)
    {
        using var browser = new BrowserClient(apps.Server);
        await (await browser.AskAsync(Address((parameter, value)))).Response.ShouldBeAsync(WeLinkCaller.Named(expected));
    }

    [Theory, MemberData(nameof(AfterRedirect))]
    public async Task A_mistake_after_the_redirect_is_told_to_the_app(string parameter, string? value, string expected)
    {
        using var browser = new BrowserClient(apps.Server);
        ShouldTell(await browser.AskAsync(Address((parameter, value))), WeLinkCaller.Named(expected), parameter is "state" ? null : "s1");
    }

    [Theory]
    [InlineData("/sso/oauth2/authorize", "backendlogin", null)]
    [InlineData("/sso/oauth2/sns_authorize", "snsapi_login", "1")]
    [InlineData("/connect/oauth2/sns_authorize", "snsapi_login", "1")]
    public async Task A_member_who_signs_in_goes_back_with_a_code_and_the_state_to_the_letter(string path, string scope, string? password)
    {
        using var browser = new BrowserClient(apps.Server);
        var state = "s +&%/中" + new string('x', 240);

        var view = await browser.AgreeAsync(Address(path, ("scope", scope), ("state", state), ("password", password)));

        Assert.Equal(state, view.Sent("state"));
        await (await new WeLinkCaller(apps.Server, apps.Demo).ExchangeAsync(view.Sent("code")!)).ShouldServeWeLinkAsync(O.Ok);
    }

    [Fact]
    public async Task Somebody_of_no_organisation_is_told_apart()
    {
        using var browser = new BrowserClient(apps.Server);
        ShouldTell(await browser.AgreeAsync(Address(), "nophone"), A.UserInfoUnavailable, "s1");
    }

    [Fact]
    public async Task A_member_of_an_organisation_that_has_not_subscribed_the_app_is_told_apart()
    {
        using var browser = new BrowserClient(apps.Server);
        ShouldTell(await browser.AgreeAsync(Address(), "russia"), G.AccessUnauthorized, "s1");
    }

    [Fact]
    public async Task A_closed_member_is_told_apart()
    {
        var members = apps.Server.Get<IMemberStore>();
        var member = (await members.FindAsync(DemoOrganisations.Welink, MemberKey.UserId, "hongkong@welink", default))!;
        using var browser = new BrowserClient(apps.Server);
        await members.PutAsync(member with { State = MemberState.Closed }, default);
        try
        {
            ShouldTell(await browser.AgreeAsync(Address(), "hongkong"), C.CurrentUserInvalid, "s1");
        }
        finally
        {
            await members.PutAsync(member, default);
        }
    }

    private static void ShouldTell(BrowserClient.View view, ErrorDefinition expected, string? state)
    {
        Assert.StartsWith("https://demo.example/callback?", view.Location);
        Assert.Equal((expected.Code, WeLinkCaller.TextOf(expected)), (view.Sent("code"), view.Sent("message")));
        Assert.Equal(state, view.Sent("state"));
        Provoked.Record(expected, view.Response, "");
    }

    private string Address(params (string Name, string? Value)[] changes) => Address("/sso/oauth2/authorize", changes);

    private string Address(string path, params (string Name, string? Value)[] changes)
    {
        (string Name, string? Value)[] usual =
        [
            ("client_id", $"{apps.Demo.ClientId}"), ("redirect_uri", apps.Demo.RedirectUri), ("response_type", "code"),
            ("scope", "backendlogin"), ("state", "s1"),
        ];
        return WeLinkCaller.Root + path + "?" + string.Join('&', usual.Where(one => changes.All(change => change.Name != one.Name))
            .Concat(changes).Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"));
    }
}
