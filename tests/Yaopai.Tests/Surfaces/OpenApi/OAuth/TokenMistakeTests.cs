using System.Text;
using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.OpenApi.OAuth;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Tests.Surfaces.OpenApi.OAuth;

/// <summary>One mistake in a request for tokens that is otherwise good. Null leaves the parameter out;
/// braces name a value that is made first.</summary>
public sealed class TokenMistakeTests(OwnApps fixture) : IClassFixture<OwnApps>
{
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"; // RFC 7636, appendix B

    /// <summary>The rules that every grant begins with, whose mistakes are in the table of apps.</summary>
    private const int Opening = 5;

    private readonly OAuthCaller _demo = new(fixture.Server, fixture.Demo);
    private readonly OAuthCaller _sibling = new(fixture.Server, fixture.Sibling);
    private readonly OAuthCaller _stranger = new(fixture.Server, fixture.Stranger);

    public static TheoryData<string, string?, string> AppMistakes { get; } = new()
    {
        { "grant_type",    null,                  nameof(E.RequestMalformed) },
        { "grant_type",    "",                    nameof(E.RequestMalformed) },
        { "grant_type",    "implicit",            nameof(E.GrantTypeUnsupported) },
        { "grant_type",    "Client_Credentials",  nameof(E.GrantTypeUnsupported) },
        { "grant_type",    "device_code",         nameof(E.GrantTypeUnsupported) },
        { "client_id",     null,                  nameof(E.RequestMalformed) },
        { "client_id",     "",                    nameof(E.RequestMalformed) },
        { "client_secret", null,                  nameof(E.RequestMalformed) },
        { "client_secret", "",                    nameof(E.RequestMalformed) },
        { "client_secret", "{long}",              nameof(E.RequestMalformed) },
        { "client_id",     "abc",                 nameof(E.ClientAuthenticationFailed) },
        { "client_id",     "-1",                  nameof(E.ClientAuthenticationFailed) },
        { "client_id",     "999999999",           nameof(E.ClientAuthenticationFailed) },
        { "client_id",     "0100000001",          nameof(E.ClientAuthenticationFailed) },
        { "client_id",     "{long}",              nameof(E.ClientAuthenticationFailed) },
        { "client_secret", "wrong",               nameof(E.ClientAuthenticationFailed) },
        { "client_secret", "{of another app}",    nameof(E.ClientAuthenticationFailed) },
        { "scope",         "basic",               nameof(E.ScopeInvalid) },
        { "scope",         "public netdisk",      nameof(E.ScopeInvalid) },
        { "scope",         "made_up",             nameof(E.ScopeInvalid) },
        { "scope",         " ",                   nameof(E.ScopeInvalid) },
        { "scope",         "{long}",              nameof(E.ScopeInvalid) },
    };

    public static TheoryData<string, string?, string> CodeMistakes { get; } = new()
    {
        { "code",          null,                            nameof(E.RequestMalformed) },
        { "code",          "",                              nameof(E.RequestMalformed) },
        { "redirect_uri",  null,                            nameof(E.RequestMalformed) },
        { "redirect_uri",  "",                              nameof(E.RequestMalformed) },
        { "code_verifier", "short",                         nameof(E.RequestMalformed) },
        { "code_verifier", "{long}",                        nameof(E.RequestMalformed) },
        { "client_id",     "999999999",                     nameof(E.ClientAuthenticationFailed) },
        { "client_secret", "wrong",                         nameof(E.ClientAuthenticationFailed) },
        { "redirect_uri",  "https://evil.example/callback", nameof(E.RedirectUriMismatch) },
        { "redirect_uri",  "no address",                    nameof(E.RedirectUriMismatch) },
        { "redirect_uri",  "https://demo.example/callback?a=b", nameof(E.RedirectUriMismatch) },
        { "redirect_uri",  "oob",                           nameof(E.GrantInvalid) },
        { "code",          "forged",                        nameof(E.GrantInvalid) },
        { "code",          "{long}",                        nameof(E.GrantInvalid) },
        { "code",          "{of another app}",              nameof(E.GrantInvalid) },
        { "code",          "{of Huawei}",                   nameof(E.GrantInvalid) },
        { "code",          "{refresh token}",               nameof(E.GrantInvalid) },
        { "code",          "{expired}",                     nameof(E.GrantInvalid) },
        { "code",          "{used}",                        nameof(E.GrantInvalid) },
        { "code",          "{withdrawn}",                   nameof(E.GrantInvalid) },
        { "code",          "{with a challenge}",            nameof(E.GrantInvalid) },
        { "code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", nameof(E.GrantInvalid) }, // without a challenge
    };

    public static TheoryData<string, string?, string> RefreshMistakes { get; } = new()
    {
        { "refresh_token", null,               nameof(E.RequestMalformed) },
        { "refresh_token", "",                 nameof(E.RequestMalformed) },
        { "client_id",     "999999999",        nameof(E.ClientAuthenticationFailed) },
        { "client_secret", "wrong",            nameof(E.ClientAuthenticationFailed) },
        { "refresh_token", "forged",           nameof(E.GrantInvalid) },
        { "refresh_token", "{long}",           nameof(E.GrantInvalid) },
        { "refresh_token", "{access token}",   nameof(E.GrantInvalid) },
        { "refresh_token", "{of Huawei}",      nameof(E.GrantInvalid) },
        { "refresh_token", "{of another app}", nameof(E.GrantInvalid) },
        { "refresh_token", "{other expiry}",   nameof(E.GrantInvalid) },
        { "refresh_token", "{expired}",        nameof(E.RefreshTokenExpired) },
        { "refresh_token", "{used}",           nameof(E.RefreshTokenExpired) },
        { "refresh_token", "{withdrawn}",      nameof(E.GrantInvalid) },
        { "scope",         "basic netdisk",    nameof(E.ScopeInvalid) },
        { "scope",         "made_up",          nameof(E.ScopeInvalid) },
        { "scope",         " ",                nameof(E.ScopeInvalid) },
    };

    public static TheoryData<string, string?, string> PasswordMistakes { get; } = new()
    {
        { "username",      null,         nameof(E.RequestMalformed) },
        { "username",      "",           nameof(E.RequestMalformed) },
        { "username",      "{long}",     nameof(E.RequestMalformed) },
        { "password",      null,         nameof(E.RequestMalformed) },
        { "password",      "{long}",     nameof(E.RequestMalformed) },
        { "client_id",     "999999999",  nameof(E.ClientAuthenticationFailed) },
        { "client_secret", "wrong",      nameof(E.ClientAuthenticationFailed) },
        { "scope",         "made_up",    nameof(E.ScopeInvalid) },
        { "username",      "locked",     nameof(E.AccessDenied) },
        { "username",      "recycled",   nameof(E.AccessDenied) },
        { "username",      "nobody",     nameof(E.ClientAuthenticationFailed) },
        { "password",      "wrong",      nameof(E.ClientAuthenticationFailed) },
    };

    [Theory, MemberData(nameof(AppMistakes))]
    public Task Each_mistake_of_an_app_earns_its_error(string parameter, string? value, string expected) =>
        AssertAsync(expected, ProveAsync, (parameter, value));

    [Theory, MemberData(nameof(CodeMistakes))]
    public Task Each_mistake_with_a_code_earns_its_error(string parameter, string? value, string expected) =>
        AssertAsync(expected, ExchangeAsync, (parameter, value));

    [Theory, MemberData(nameof(RefreshMistakes))]
    public Task Each_mistake_with_a_refresh_token_earns_its_error(string parameter, string? value, string expected) =>
        AssertAsync(expected, RefreshAsync, (parameter, value));

    [Theory, MemberData(nameof(PasswordMistakes))]
    public Task Each_mistake_with_a_password_earns_its_error(string parameter, string? value, string expected) =>
        AssertAsync(expected, SignInAsync, (parameter, value));

    [Fact]
    public Task Of_two_mistakes_of_an_app_the_earlier_rule_answers() => AssertFirstAsync(AppMistakes, ProveAsync);

    [Fact]
    public Task Of_two_mistakes_with_a_code_the_earlier_rule_answers() => AssertFirstAsync(CodeMistakes, ExchangeAsync);

    [Fact]
    public Task Of_two_mistakes_with_a_refresh_token_the_earlier_rule_answers() => AssertFirstAsync(RefreshMistakes, RefreshAsync);

    [Fact]
    public Task Of_two_mistakes_with_a_password_the_earlier_rule_answers() => AssertFirstAsync(PasswordMistakes, SignInAsync);

    [Theory]
    [InlineData("password")]
    [InlineData("client_credentials")]
    [InlineData("device_token")]
    public async Task A_way_that_the_app_may_not_use_is_refused_whatever_else_is_right(string grantType)
    {
        var response = await _stranger.TokenAsync(grantType, ("code", "x"), ("username", "mainland"), ("password", DemoData.Password));
        await response.ShouldRefuseAsync(E.GrantTypeForbidden);
    }

    [Fact]
    public async Task Passwords_are_taken_by_no_app_that_is_not_allowed_to() =>
        await (await _sibling.TokenAsync("password", ("username", "mainland"), ("password", DemoData.Password)))
            .ShouldRefuseAsync(E.GrantTypeForbidden);

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order()
    {
        AssertCovers(Token.ClientCredentials, AppMistakes);
        AssertCovers(Token.AuthorizationCode[Opening..], CodeMistakes);
        AssertCovers(Token.RefreshToken[Opening..], RefreshMistakes);
        AssertCovers(Token.Password[Opening..], PasswordMistakes);

        // What depends on other calls or on the app's settings has tests of its own.
        static void AssertCovers<T>(Rule<T>[] rules, TheoryData<string, string?, string> mistakes) =>
            mistakes.Select(row => row.Data.Item3).ShouldBreak(rules, "CallsThrottled", nameof(E.GrantTypeForbidden));
    }

    public static TheoryData<string, string> Broken { get; } = new()
    {
        { "grant_type=client_credentials&grant_type=refresh_token",   "application/x-www-form-urlencoded" },
        { "grant_type=client_credentials&client_id=1&client_id=2",    "application/x-www-form-urlencoded" },
        { "grant_type=client_credentials&scope=public&scope=public",  "application/x-www-form-urlencoded" },
        { "grant_type=client_credentials&client_id=%zz",              "application/x-www-form-urlencoded" },
        { "grant_type=client_credentials&client_id=%ff",              "application/x-www-form-urlencoded" },
        { "grant_type=client_credentials&client_id=%00",              "application/x-www-form-urlencoded" },
        { "grant_type=client_credentials",                            "application/x-www-form-urlencoded; charset=gbk" },
        { "{\"grant_type\":\"client_credentials\"}",                  "application/json" },
        { "grant_type=client_credentials",                            "text/plain" },
        { "--x\r\n\r\n--x--",                                         "multipart/form-data; boundary=x" },
    };

    [Theory, MemberData(nameof(Broken))]
    public async Task What_cannot_be_read_or_says_two_things_is_malformed(string body, string contentType)
    {
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        await (await fixture.Server.Http.PostAsync("/open/oauth/2.0/token", content)).ShouldRefuseAsync(E.RequestMalformed);
    }

    [Fact]
    public async Task What_query_and_form_say_differently_is_malformed() =>
        await (await _demo.PostAsync("token?client_id=1", [("grant_type", "client_credentials"), .. _demo.Proof]))
            .ShouldRefuseAsync(E.RequestMalformed);

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task A_method_that_is_not_answered_is_malformed(string method)
    {
        var response = await fixture.Server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/open/oauth/2.0/token"));
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow);
        await response.ShouldRefuseAsync(E.RequestMalformed);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_malformed() =>
        await (await _demo.PostAsync("token", ("grant_type", new string('a', 2 * 1024 * 1024)))).ShouldRefuseAsync(E.RequestMalformed);

    /// <summary>Asked for with POST and with GET.</summary>
    private async Task AssertAsync(
        string expected, Func<(string, string?)[], Task<(string, string?)[]>> makeAsync, (string Parameter, string? Value) mistake)
    {
        var form = await makeAsync([mistake]);
        var posted = await _demo.PostAsync("token", form);
        // Whoever comes again with a used token is told that everything is revoked.
        var got = expected is nameof(E.RefreshTokenExpired) ? posted : await _demo.GetAsync("token", form);
        await _demo.ResetClockAsync();
        await posted.ShouldRefuseAsync(OAuthWire.Named(expected));
        await got.ShouldRefuseAsync(OAuthWire.Named(expected));
    }

    /// <summary>That a person is locked out is said to who knows the password.</summary>
    private static readonly ((string, string?, string) Earlier, (string, string?, string) Later)[] s_alone =
    [
        (("username", "locked", nameof(E.AccessDenied)), ("password", "wrong", nameof(E.ClientAuthenticationFailed))),
    ];

    /// <summary>Every two mistakes of a table in one request: the contract fixes which of them is told.</summary>
    private async Task AssertFirstAsync(
        TheoryData<string, string?, string> table, Func<(string, string?)[], Task<(string, string?)[]>> makeAsync) =>
        await Assert.AllAsync(
            table.Select(row => row.Data).InPairs(row => row.Item1, row => row.Item3).Where(pair => !s_alone.Contains(pair)), async pair =>
            {
                var form = await makeAsync([(pair.Earlier.Item1, pair.Earlier.Item2), (pair.Later.Item1, pair.Later.Item2)]);
                var response = await _demo.PostAsync("token", form);
                await _demo.ResetClockAsync();
                await response.ShouldRefuseAsync(OAuthWire.Named(pair.Earlier.Item3));
            });

    private Task<(string, string?)[]> ProveAsync((string Parameter, string? Value)[] mistakes) => Task.FromResult(Changed(
        mistakes, made: null,
        ("grant_type", "client_credentials"), ("client_id", _demo.ClientId), ("client_secret", _demo.App.ClientSecret),
        ("scope", "public")));

    private async Task<(string, string?)[]> ExchangeAsync((string Parameter, string? Value)[] mistakes)
    {
        var wanted = mistakes.FirstOrDefault(mistake => mistake.Parameter is "code").Value;
        var code = wanted switch
        {
            "{of another app}" => await _sibling.CodeAsync(),
            "{of Huawei}" => await new HuaweiCaller(fixture.Server, fixture.Demo).CodeAsync(),
            "{refresh token}" => (await _demo.SignInAsync()).Refresh,
            "{with a challenge}" => await _demo.CodeAsync(more: new { code_challenge = Challenge, code_challenge_method = "S256" }),
            _ => await _demo.CodeAsync(),
        };
        if (wanted is "{used}")
            await (await _demo.ExchangeAsync(code)).ShouldGiveAsync();
        if (wanted is "{withdrawn}")
            await _demo.WithdrawAsync();
        if (wanted is "{expired}")
            await _demo.AdvanceAsync("PT10M1S");

        return Changed(
            mistakes, code,
            ("grant_type", "authorization_code"), ("client_id", _demo.ClientId), ("client_secret", _demo.App.ClientSecret),
            ("code", code), ("redirect_uri", _demo.App.RedirectUri));
    }

    private async Task<(string, string?)[]> RefreshAsync((string Parameter, string? Value)[] mistakes)
    {
        var wanted = mistakes.FirstOrDefault(mistake => mistake.Parameter is "refresh_token").Value;
        var tokens = await (wanted is "{of another app}" ? _sibling : _demo).SignInAsync(scope: "basic email");
        var refresh = wanted switch
        {
            "{access token}" => tokens.Access,
            "{of Huawei}" => (await new HuaweiCaller(fixture.Server, fixture.Demo).SignInAsync()).Refresh,
            "{other expiry}" => tokens.Refresh.Replace(".315360000.", ".315360001."),
            _ => tokens.Refresh,
        };
        if (wanted is "{used}")
            await (await _demo.RefreshAsync(refresh)).ShouldGiveAsync();
        if (wanted is "{withdrawn}")
            await _demo.WithdrawAsync();
        if (wanted is "{expired}")
            await _demo.AdvanceAsync("P3650DT1S");

        return Changed(
            mistakes, refresh, ("grant_type", "refresh_token"), ("client_id", _demo.ClientId), ("client_secret", _demo.App.ClientSecret),
            ("refresh_token", refresh));
    }

    private Task<(string, string?)[]> SignInAsync((string Parameter, string? Value)[] mistakes) => Task.FromResult(Changed(
        mistakes, made: null, ("grant_type", "password"), ("client_id", _demo.ClientId), ("client_secret", _demo.App.ClientSecret),
        ("username", "mainland"), ("password", DemoData.Password), ("scope", "basic")));

    private (string, string?)[] Changed(
        (string Parameter, string? Value)[] mistakes, string? made, params (string Name, string? Value)[] good) =>
    [
        .. good.Where(field => mistakes.All(mistake => mistake.Parameter != field.Name)),
        .. mistakes.Select(mistake => (mistake.Parameter, mistake.Value switch
        {
            "{long}" => new string('a', 5000),
            "{of another app}" when mistake.Parameter is "client_secret" => _sibling.App.ClientSecret,
            ['{', ..] => made,
            var value => value,
        })),
    ];
}
