using Yaopai.Errors;
using Yaopai.Server.Surfaces.HuaweiAccount.OAuth;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.HuaweiAccountErrors.Token;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.OAuth;

public sealed class TokenTests(OwnApps fixture) : IClassFixture<OwnApps>
{
    private const string Redirect = "https://demo.example/callback";
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636, appendix B
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private readonly HuaweiCaller _demo = new(fixture.Server, fixture.Demo);
    private readonly HuaweiCaller _sibling = new(fixture.Server, fixture.Sibling);
    private readonly HuaweiCaller _stranger = new(fixture.Server, fixture.Stranger);

    /// <summary>One mistake in a request that is otherwise good. Null leaves the parameter out;
    /// braces name a value that is made first.</summary>
    public static TheoryData<string, string?, string> CodeMistakes { get; } = new()
    {
        { "grant_type",          null,                            nameof(E.GrantTypeMissing) },
        { "grant_type",          "password",                      nameof(E.GrantTypeUnsupported) },
        { "client_id",           null,                            nameof(E.ClientIdMissing) },
        { "client_id",           "abc",                           nameof(E.ClientIdMalformed) },
        { "client_secret",       null,                            nameof(E.ClientSecretMissing) },
        { "client_secret",       "not-hex!",                      nameof(E.ClientSecretMalformed) },
        { "code",                null,                            nameof(E.CodeMissing) },
        { "code",                "DgEB a b==",                    nameof(E.CodeMalformed) },
        { "redirect_uri",        "no uri",                        nameof(E.RedirectUriMalformed) },
        { "client_id",           "999999999",                     nameof(E.ClientIdUnknown) },
        { "client_secret",       "wrong",                         nameof(E.ClientSecretIncorrect) },
        { "code",                "Zm9yZ2Vk",                      nameof(E.CodeUnknown) },
        { "code",                "{of another app}",              nameof(E.CredentialOfAnotherClient) },
        { "code",                "{expired}",                     nameof(E.CodeExpired) },
        { "code",                "{used}",                        nameof(E.CodeUsed) },
        { "code",                "{withdrawn}",                   nameof(E.CodeRevoked) },
        { "redirect_uri",        "https://demo.example/other",    nameof(E.RedirectUriMismatch) },
        { "code_verifier",       "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn", nameof(E.CodeVerifierMismatch) },
        { "need_group_union_id", "{stranger}",                    nameof(E.AccountGroupMissing) },
    };

    public static TheoryData<string, string?, string> RefreshMistakes { get; } = new()
    {
        { "grant_type",    null,               nameof(E.GrantTypeMissing) },
        { "grant_type",    "refresh",          nameof(E.GrantTypeUnsupported) },
        { "client_id",     "",                 nameof(E.ClientIdMissing) },
        { "client_id",     "10000000x",        nameof(E.ClientIdMalformed) },
        { "client_secret", "",                 nameof(E.AppSecretMissing) },
        { "client_secret", "a b",              nameof(E.ClientSecretMalformed) },
        { "refresh_token", null,               nameof(E.RefreshTokenMissing) },
        { "refresh_token", "DgEC a b==",       nameof(E.RefreshTokenMalformed) },
        { "scope",         "under_score",      nameof(E.ScopeMalformed) },
        { "client_id",     "999999999",        nameof(E.ClientIdUnknown) },
        { "client_secret", "wrong",            nameof(E.ClientSecretIncorrect) },
        { "refresh_token", "DgEC=DgEC",        nameof(E.RefreshTokenIllegal) },
        { "refresh_token", "Zm9yZ2Vk",         nameof(E.RefreshTokenUnreadable) },
        { "refresh_token", "{of another app}", nameof(E.CredentialOfAnotherClient) },
        { "refresh_token", "{revoked}",        nameof(E.RefreshTokenRevoked) },
        { "refresh_token", "{expired}",        nameof(E.RefreshTokenExpired) },
        { "scope",         "openid phone",     nameof(E.ScopeUnknown) },
    };

    public static TheoryData<string, string?, string> AppMistakes { get; } = new()
    {
        { "grant_type",    null,        nameof(E.GrantTypeMissing) },
        { "grant_type",    "client",    nameof(E.GrantTypeUnsupported) },
        { "client_id",     null,        nameof(E.ClientIdMissing) },
        { "client_id",     "-1",        nameof(E.ClientIdMalformed) },
        { "client_secret", null,        nameof(E.AppSecretMissing) },
        { "client_secret", "ä",         nameof(E.ClientSecretMalformed) },
        { "client_id",     "999999999", nameof(E.AppUnknown) },
        { "client_secret", "wrong",     nameof(E.AppSecretIncorrect) },
    };

    [Theory, MemberData(nameof(CodeMistakes))]
    public async Task Each_mistake_with_a_code_earns_its_own_error(string parameter, string? value, string expected) =>
        await (await ExchangeAsync((parameter, value))).ShouldBeAsync(Named(expected));

    [Fact]
    public Task Of_two_mistakes_with_a_code_the_earlier_rule_answers() => AssertFirstAsync(CodeMistakes, ExchangeAsync);

    [Theory, MemberData(nameof(RefreshMistakes))]
    public async Task Each_mistake_with_a_refresh_token_earns_its_own_error(string parameter, string? value, string expected) =>
        await (await RefreshAsync((parameter, value))).ShouldBeAsync(Named(expected));

    [Fact]
    public Task Of_two_mistakes_with_a_refresh_token_the_earlier_rule_answers() => AssertFirstAsync(RefreshMistakes, RefreshAsync);

    [Theory, MemberData(nameof(AppMistakes))]
    public async Task Each_mistake_of_an_app_earns_its_own_error(string parameter, string? value, string expected) =>
        await (await ProveAsync((parameter, value))).ShouldBeAsync(Named(expected));

    [Fact]
    public Task Of_two_mistakes_of_an_app_the_earlier_rule_answers() => AssertFirstAsync(AppMistakes, ProveAsync);

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order()
    {
        // Flow control depends on earlier calls, not on a mistake in this one: FlowControlTests.
        CodeMistakes.Select(row => row.Data.Item3).ShouldBreak(Token.AuthorizationCode, nameof(E.FlowControl));
        RefreshMistakes.Select(row => row.Data.Item3).ShouldBreak(Token.RefreshToken, nameof(E.FlowControl));
        AppMistakes.Select(row => row.Data.Item3).ShouldBreak(Token.ClientCredentials, nameof(E.FlowControl));
    }

    [Fact]
    public async Task A_code_trades_for_tokens_with_the_fields_of_the_document()
    {
        var response = await _demo.ExchangeAsync(await _demo.CodeAsync(scope: "openid profile"));

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var json = await response.ShouldSucceedAsync(E.Ok);
        Assert.Equal(
            ["access_token", "refresh_token", "expires_in", "id_token", "scope", "token_type"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("openid profile", json.GetProperty("scope").GetString());
        Assert.Equal(3600, json.GetProperty("expires_in").GetInt32());
        Assert.Equal("Bearer", json.GetProperty("token_type").GetString());
        Assert.StartsWith("DgEA", json.GetProperty("access_token").GetString());
        Assert.StartsWith("DgEC", json.GetProperty("refresh_token").GetString());
        Assert.Matches("^[0-9a-zA-Z=/+]{1,1024}$", json.GetProperty("access_token").GetString());
    }

    [Fact]
    public async Task FC_48_a_token_holds_150_scopes()
    {
        string[] scopes =
        [
            "profile", "openid", .. Enumerable.Range(0, 148).Select(i => $"https://www.huawei.com/healthkit/activity.record.{i}.read"),
        ];
        var app = await fixture.Server.NewAppAsync(app => app with { AppliedScopes = scopes, ApprovedScopes = scopes });
        var caller = new HuaweiCaller(fixture.Server, app);

        var code = await caller.CodeAsync(scope: string.Join(' ', scopes));
        var tokens = await (await caller.ExchangeAsync(code)).ShouldSucceedAsync(E.Ok);

        Assert.Equal(string.Join(' ', scopes), tokens.GetProperty("scope").GetString());
        Assert.InRange(code.Length, 1, 1024);
        var access = tokens.GetProperty("access_token").GetString()!;
        Assert.InRange(access.Length, 1, 1024);
        var told = await (await caller.GetTokenInfoAsync(access)).JsonAsync();
        Assert.Equal(string.Join(' ', scopes), told.GetProperty("scope").GetString());
        Assert.True((await (await caller.GetInfoAsync(access)).JsonAsync()).TryGetProperty("displayName", out _));

        // what it may have no longer is nothing
        await fixture.Server.ChangeAsync(app, it => it with { ApprovedScopes = scopes[..20] });
        var refreshed = await (await caller.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!)).ShouldSucceedAsync(E.Ok);
        Assert.Equal(string.Join(' ', scopes[..20]), refreshed.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task Without_the_scope_openid_there_is_no_id_token()
    {
        var json = await (await _demo.ExchangeAsync(await _demo.CodeAsync(scope: "profile"))).ShouldSucceedAsync(E.Ok);

        Assert.False(json.TryGetProperty("id_token", out _));
    }

    [Fact]
    public async Task A_refresh_answers_with_an_access_token_and_no_new_refresh_token()
    {
        var tokens = await _demo.SignInAsync(scope: "openid profile");

        var json = await (await _demo.RefreshAsync(tokens.Refresh)).ShouldSucceedAsync(E.Ok);

        Assert.Equal(
            ["access_token", "expires_in", "id_token", "scope", "token_type"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("openid profile", json.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task A_refresh_may_ask_for_less()
    {
        var tokens = await _demo.SignInAsync(scope: "openid profile email");

        var json = await (await _demo.RefreshAsync(tokens.Refresh, ("scope", "email"))).ShouldSucceedAsync(E.Ok);

        Assert.Equal("email", json.GetProperty("scope").GetString());
        Assert.False(json.TryGetProperty("id_token", out _));
    }

    [Fact]
    public async Task More_than_150_scopes_are_refused() => // 1101/20041 names both the format and the number
        await (await _demo.RefreshAsync(
            (await _demo.SignInAsync()).Refresh, ("scope", string.Join(' ', Enumerable.Range(0, 151).Select(i => $"s{i}")))))
            .ShouldBeAsync(E.ScopeMalformed);

    [Fact]
    public async Task A_scope_of_spaces_alone_is_refused() =>
        await (await _demo.RefreshAsync((await _demo.SignInAsync()).Refresh, ("scope", " "))).ShouldBeAsync(E.ScopeMalformed);

    [Fact]
    public async Task An_app_level_token_has_neither_scope_nor_refresh_token()
    {
        var response = await _demo.PostAsync("/oauth2/v3/token",
            ("grant_type", "client_credentials"), ("client_id", _demo.ClientId), ("client_secret", _demo.App.ClientSecret));

        var json = await response.ShouldSucceedAsync(E.Ok);
        Assert.Equal(["access_token", "expires_in", "token_type"], json.EnumerateObject().Select(property => property.Name));
        Assert.StartsWith("DgEE", json.GetProperty("access_token").GetString());
    }

    [Fact]
    public async Task The_group_union_id_comes_when_it_is_asked_for()
    {
        var demo = await (await _demo.ExchangeAsync(await _demo.CodeAsync(), ("need_group_union_id", "true"))).ShouldSucceedAsync(E.Ok);
        var sibling = await (await _sibling.ExchangeAsync(await _sibling.CodeAsync(), ("need_group_union_id", "true")))
            .ShouldSucceedAsync(E.Ok);

        Assert.Matches("^[0-9a-zA-Z_-]{40}$", demo.GetProperty("group_union_id").GetString());
        Assert.Equal(demo.GetProperty("group_union_id").GetString(), sibling.GetProperty("group_union_id").GetString());
    }

    [Fact]
    public async Task The_right_verifier_and_redirect_uri_let_a_code_through()
    {
        var code = await _demo.CodeAsync(
            more: new { code_challenge = Challenge, code_challenge_method = "S256", redirect_uri = Redirect });

        await (await _demo.ExchangeAsync(code, ("code_verifier", Verifier), ("redirect_uri", Redirect)))
            .ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task A_plain_challenge_is_the_verifier_itself()
    {
        var code = await _demo.CodeAsync(more: new { code_challenge = Verifier, code_challenge_method = "plain" });

        await (await _demo.ExchangeAsync(code, ("code_verifier", Verifier))).ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task A_slip_in_the_verifier_or_redirect_uri_does_not_cost_the_code()
    {
        var code = await _demo.CodeAsync(more: new { code_challenge = Challenge, code_challenge_method = "S256", redirect_uri = Redirect });

        await (await _demo.ExchangeAsync(code, ("redirect_uri", Redirect))).ShouldBeAsync(E.CodeVerifierMismatch);
        await (await _demo.ExchangeAsync(code, ("code_verifier", Verifier))).ShouldBeAsync(E.RedirectUriMismatch);
        await (await _demo.ExchangeAsync(code, ("code_verifier", Verifier), ("redirect_uri", Redirect))).ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task A_verifier_is_refused_where_no_challenge_was_given_and_the_code_is_kept()
    {
        var code = await _demo.CodeAsync();

        await (await _demo.ExchangeAsync(code, ("code_verifier", Verifier))).ShouldBeAsync(E.CodeVerifierMismatch);
        await (await _demo.ExchangeAsync(code)).ShouldSucceedAsync(E.Ok);
    }

    [Theory]
    [InlineData("/callback")]
    [InlineData("//demo.example/callback")]
    [InlineData("https://demo.example/call back")]
    [InlineData("https://demo.example/callback#fragment")]
    public async Task A_redirect_uri_that_could_not_have_been_authorized_is_malformed(string redirectUri) => await
        (await _demo.ExchangeAsync(await _demo.CodeAsync(), ("redirect_uri", redirectUri))).ShouldBeAsync(E.RedirectUriMalformed);

    [Theory]
    [InlineData("client_credentials", nameof(E.AppUnknown))]
    [InlineData("authorization_code", nameof(E.ClientIdUnknown))]
    public async Task A_client_id_with_zeros_before_it_names_no_app(string grantType, string expected) => await
        (await _demo.PostAsync("/oauth2/v3/token",
            ("grant_type", grantType), ("client_id", $"000000000{_demo.ClientId}"), ("client_secret", _demo.App.ClientSecret),
            ("code", "Zm9yZ2Vk")))
            .ShouldBeAsync(Named(expected));

    [Fact]
    public async Task Parameters_are_taken_from_the_query_as_well()
    {
        var query = await HuaweiCaller.Form(
        [
            ("grant_type", "client_credentials"), ("client_id", _demo.ClientId), ("client_secret", _demo.App.ClientSecret),
        ]).ReadAsStringAsync();

        await (await fixture.Server.Http.PostAsync("/huawei/oauth2/v3/token?" + query, null)).ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task The_older_path_answers_too() =>
        await (await _demo.PostAsync("/oauth2/v2/token",
            ("grant_type", "client_credentials"), ("client_id", _demo.ClientId),
            ("client_secret", _demo.App.ClientSecret))).ShouldSucceedAsync(E.Ok);

    [Fact]
    public async Task A_used_code_takes_the_tokens_with_it_that_came_of_it()
    {
        var code = await _demo.CodeAsync();
        var access = (await (await _demo.ExchangeAsync(code)).JsonAsync()).GetProperty("access_token").GetString()!;
        await (await _demo.GetTokenInfoAsync(access)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);

        await (await _demo.ExchangeAsync(code)).ShouldBeAsync(E.CodeUsed);

        await (await _demo.GetTokenInfoAsync(access)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenRevoked);
    }

    [Theory]
    [InlineData("redirect_uri", "https://demo.example/other")]
    [InlineData("code_verifier", "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn")]
    [InlineData("withdrawn", null)]
    public async Task A_used_code_is_told_as_used_whatever_else_is_wrong_and_its_tokens_die(string wrong, string? value)
    {
        var code = await _demo.CodeAsync(
            "hongkong", more: new { redirect_uri = Redirect, code_challenge = Challenge, code_challenge_method = "S256" });
        var good = await _demo.ExchangeAsync(code, ("redirect_uri", Redirect), ("code_verifier", Verifier));
        var access = (await good.JsonAsync()).GetProperty("access_token").GetString()!;
        if (wrong is "withdrawn")
            await _demo.WithdrawAsync("hongkong");

        var again = await _demo.ExchangeAsync(code,
            ("redirect_uri", wrong is "redirect_uri" ? value : Redirect), ("code_verifier", wrong is "code_verifier" ? value : Verifier));

        await again.ShouldBeAsync(E.CodeUsed);
        await (await _demo.GetTokenInfoAsync(access)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenRevoked);
    }

    [Fact]
    public async Task The_longest_credentials_have_at_most_1024_characters()
    {
        var scopes = string.Join(' ', Enumerable.Range(0, 30).Select(i => $"scope{i:d4}")); // 299 characters, the most that can be approved
        var app = await fixture.Server.NewAppAsync(it => it with { ApprovedScopes = scopes.Split(' ') });
        var caller = new HuaweiCaller(fixture.Server, app);

        var code = await caller.CodeAsync(scope: scopes, more: new
        {
            nonce = new string('n', 255),
            component = "quickLogin",
            code_challenge = Challenge,
            code_challenge_method = "S256",
            redirect_uri = app.RedirectUri,
        });
        var tokens = await (await caller.ExchangeAsync(code, ("redirect_uri", app.RedirectUri), ("code_verifier", Verifier))).JsonAsync();

        Assert.All(
            new[] { code, tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("refresh_token").GetString()! },
            credential => Assert.InRange(credential.Length, 1, 1024));
    }

    [Fact]
    public async Task Withdrawing_consent_kills_refresh_tokens_and_a_new_consent_does_not_revive_them()
    {
        var tokens = await _demo.SignInAsync("russia");
        await _demo.WithdrawAsync("russia");

        await (await _demo.RefreshAsync(tokens.Refresh)).ShouldBeAsync(E.RefreshTokenRevoked);

        var again = await _demo.SignInAsync("russia");
        await (await _demo.RefreshAsync(tokens.Refresh)).ShouldBeAsync(E.RefreshTokenRevoked);
        await (await _demo.RefreshAsync(again.Refresh)).ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task Other_kinds_of_credentials_are_no_refresh_tokens_and_no_codes()
    {
        var tokens = await _demo.SignInAsync();

        await (await _demo.RefreshAsync(tokens.Access)).ShouldBeAsync(E.RefreshTokenUnreadable);
        await (await _demo.RefreshAsync(await _demo.CodeAsync())).ShouldBeAsync(E.RefreshTokenUnreadable);
        await (await _demo.ExchangeAsync(tokens.Refresh)).ShouldBeAsync(E.CodeUnknown);
    }

    private static async Task<string> UsedCodeAsync(HuaweiCaller caller)
    {
        var code = await caller.CodeAsync();
        await caller.ExchangeAsync(code);
        return code;
    }

    private static async Task<string> WithdrawnCodeAsync(HuaweiCaller caller)
    {
        var code = await caller.CodeAsync("hongkong");
        await caller.WithdrawAsync("hongkong");
        return code;
    }

    /// <summary>A code, traded in a request with these mistakes.</summary>
    private async Task<HttpResponseMessage> ExchangeAsync(params (string Parameter, string? Value)[] mistakes)
    {
        var caller = mistakes.Any(mistake => mistake.Value is "{stranger}") ? _stranger : _demo;
        var terms = new
        {
            redirect_uri = Changes("redirect_uri") ? caller.App.RedirectUri : null,
            code_challenge = Changes("code_verifier") ? Challenge : null,
            code_challenge_method = Changes("code_verifier") ? "S256" : null,
        };
        var wanted = mistakes.FirstOrDefault(mistake => mistake.Parameter is "code").Value;
        var code = wanted switch
        {
            "{of another app}" => await _sibling.CodeAsync(),
            "{used}" => await UsedCodeAsync(caller),
            "{withdrawn}" => await WithdrawnCodeAsync(caller),
            _ => await caller.CodeAsync(more: terms),
        };
        if (wanted is "{expired}")
            await caller.AdvanceAsync("PT5M1S");

        var response = await caller.PostAsync("/oauth2/v3/token", Replace(
            mistakes.Select(mistake => (
                mistake.Parameter, mistake.Value switch { "{stranger}" => "true", ['{', ..] => code, var value => value })),
            ("grant_type", "authorization_code"), ("client_id", caller.ClientId), ("client_secret", caller.App.ClientSecret),
            ("code", code)));
        await caller.ResetClockAsync();
        return response;

        bool Changes(string parameter) => mistakes.Any(mistake => mistake.Parameter == parameter);
    }

    private async Task<HttpResponseMessage> RefreshAsync(params (string Parameter, string? Value)[] mistakes)
    {
        var wanted = mistakes.FirstOrDefault(mistake => mistake.Parameter is "refresh_token").Value;
        var refresh = (await (wanted is "{of another app}" ? _sibling : _demo).SignInAsync(scope: "openid profile")).Refresh;
        if (wanted is "{revoked}")
            await _demo.RevokeAsync(refresh);
        if (wanted is "{expired}")
            await _demo.AdvanceAsync("P180DT1S");

        var response = await _demo.PostAsync("/oauth2/v3/token", Replace(
            mistakes.Select(mistake => (mistake.Parameter, mistake.Value is ['{', ..] ? refresh : mistake.Value)),
            ("grant_type", "refresh_token"), ("client_id", _demo.ClientId), ("client_secret", _demo.App.ClientSecret),
            ("refresh_token", refresh)));
        await _demo.ResetClockAsync();
        return response;
    }

    private Task<HttpResponseMessage> ProveAsync(params (string Parameter, string? Value)[] mistakes) => _demo.PostAsync(
        "/oauth2/v3/token",
        Replace(mistakes, ("grant_type", "client_credentials"), ("client_id", _demo.ClientId), ("client_secret", _demo.App.ClientSecret)));

    /// <summary>Every two mistakes of a table in one request: the contract fixes which of them is told.</summary>
    private static async Task AssertFirstAsync(
        TheoryData<string, string?, string> table, Func<(string Parameter, string? Value)[], Task<HttpResponseMessage>> sendAsync) =>
        await Assert.AllAsync(table.Select(row => row.Data).InPairs(row => row.Item1, row => row.Item3), async pair =>
            await (await sendAsync([(pair.Earlier.Item1, pair.Earlier.Item2), (pair.Later.Item1, pair.Later.Item2)]))
                .ShouldBeAsync(Named(pair.Earlier.Item3)));

    private static (string, string?)[] Replace(
        IEnumerable<(string Parameter, string? Value)> mistakes, params (string Name, string? Value)[] form) =>
        [.. form.Where(field => mistakes.All(mistake => mistake.Parameter != field.Name)), .. mistakes];

    private static ErrorDefinition Named(string name) => E.All.Single(error => error.Name == name);
}
