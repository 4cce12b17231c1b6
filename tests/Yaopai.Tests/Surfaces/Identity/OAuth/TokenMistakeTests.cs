using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Tests.Surfaces.Identity.OAuth;

/// <summary>One mistake in a request for tokens that is otherwise good. Null leaves the parameter out;
/// braces name a value that is made first.</summary>
public sealed class TokenMistakeTests(OwnApps fixture) : IClassFixture<OwnApps>
{
    private readonly IdentityCaller _demo = new(fixture.Server, fixture.Demo);
    private readonly IdentityCaller _sibling = new(fixture.Server, fixture.Sibling);
    private readonly IdentityCaller _stranger = new(fixture.Server, fixture.Stranger);

    /// <summary>What depends on other calls, on the connection or on the app's settings has tests of its own.</summary>
    private static readonly string[] s_elsewhere =
        [nameof(E.HttpsRequired), nameof(E.IpAddressForbidden), nameof(E.CallsThrottled), nameof(E.TypeForbidden)];

    public static TheoryData<string, string?, string> CodeMistakes { get; } = new()
    {
        { "appid",         null,                 nameof(E.AppIdMissing) },
        { "appid",         "",                   nameof(E.AppIdMissing) },
        { "secret",        null,                 nameof(E.SecretMissing) },
        { "secret",        "",                   nameof(E.SecretMissing) },
        { "{names}",       "client_id alone",    nameof(E.ClientSecretMissing) },
        { "grant_type",    null,                 nameof(E.GrantTypeMissing) },
        { "grant_type",    "",                   nameof(E.GrantTypeMissing) },
        { "code",          null,                 nameof(E.CodeMissing) },
        { "code",          "",                   nameof(E.CodeMissing) },
        { "grant_type",    "refresh_token",      nameof(E.GrantTypeUnsupported) },
        { "grant_type",    "Authorization_Code", nameof(E.GrantTypeUnsupported) },
        { "grant_type",    "{long}",             nameof(E.GrantTypeUnsupported) },
        { "appid",         "abc",                nameof(E.AppIdUnknown) },
        { "appid",         "-1",                 nameof(E.AppIdUnknown) },
        { "appid",         "999999999",          nameof(E.AppIdUnknown) },
        { "appid",         "0100000001",         nameof(E.AppIdUnknown) },
        { "appid",         "{long}",             nameof(E.AppIdUnknown) },
        { "secret",        "wrong",              nameof(E.AppSecretIncorrect) },
        { "secret",        "{of another app}",   nameof(E.AppSecretIncorrect) },
        { "secret",        "{long}",             nameof(E.AppSecretIncorrect) },
        { "code",          "forged",             nameof(E.CodeInvalid) },
        { "code",          "{long}",             nameof(E.CodeInvalid) },
        { "code",          "{access token}",     nameof(E.CodeInvalid) },
        { "code",          "{ticket}",           nameof(E.CodeInvalid) },
        { "code",          "{of Huawei}",        nameof(E.CodeInvalid) },
        { "code",          "{of another app}",   nameof(E.CodeInvalid) },
        { "code",          "{expired}",          nameof(E.CodeExpired) },
        { "code",          "{used}",             nameof(E.CodeInvalid) },
        { "code",          "{withdrawn}",        nameof(E.CodeInvalid) },
        { "redirect_uri",  "https://evil.example/callback", nameof(E.RedirectUriUnregistered) },
        { "code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", nameof(E.CodeInvalid) }, // without a challenge
        { "code",          "{with a challenge}", nameof(E.CodeInvalid) },
    };

    public static TheoryData<string, string?, string> RefreshMistakes { get; } = new()
    {
        { "appid",         null,               nameof(E.AppIdMissing) },
        { "appid",         "",                 nameof(E.AppIdMissing) },
        { "grant_type",    null,               nameof(E.GrantTypeMissing) },
        { "refresh_token", null,               nameof(E.RefreshTokenMissing) },
        { "refresh_token", "",                 nameof(E.RefreshTokenMissing) },
        { "grant_type",    "client_credential", nameof(E.GrantTypeUnsupported) },
        { "appid",         "999999999",        nameof(E.AppIdUnknown) },
        { "secret",        "wrong",            nameof(E.AppSecretIncorrect) },
        { "refresh_token", "forged",           nameof(E.RefreshTokenInvalid) },
        { "refresh_token", "{long}",           nameof(E.RefreshTokenInvalid) },
        { "refresh_token", "{access token}",   nameof(E.RefreshTokenInvalid) },
        { "refresh_token", "{of Huawei}",      nameof(E.RefreshTokenInvalid) },
        { "refresh_token", "{of another app}", nameof(E.RefreshTokenOfAnotherClient) },
        { "refresh_token", "{expired}",        nameof(E.RefreshTokenExpired) },
        { "refresh_token", "{used}",           nameof(E.RefreshTokenInvalid) },
        { "refresh_token", "{withdrawn}",      nameof(E.RefreshTokenInvalid) },
    };

    public static TheoryData<string, string?, string> AppMistakes { get; } = new()
    {
        { "appid",      null,                 nameof(E.AppIdMissing) },
        { "secret",     null,                 nameof(E.SecretMissing) },
        { "{names}",    "client_id alone",    nameof(E.ClientSecretMissing) },
        { "grant_type", null,                 nameof(E.GrantTypeMissing) },
        { "grant_type", "authorization_code", nameof(E.GrantTypeUnsupported) },
        { "appid",      "999999999",          nameof(E.AppIdUnknown) },
        { "secret",     "wrong",              nameof(E.AppSecretIncorrect) },
    };

    public static TheoryData<string, string?, string> TicketMistakes { get; } = new()
    {
        { "appid",      null,                 nameof(E.AppIdMissing) },
        { "secret",     null,                 nameof(E.SecretMissing) },
        { "{names}",    "client_id alone",    nameof(E.ClientSecretMissing) },
        { "ticket",     null,                 nameof(E.TicketInvalid) },
        { "ticket",     "",                   nameof(E.TicketInvalid) },
        { "appid",      "999999999",          nameof(E.AppIdUnknown) },
        { "secret",     "wrong",              nameof(E.AppSecretIncorrect) },
        { "ticket",     "forged",             nameof(E.TicketInvalid) },
        { "ticket",     "{long}",             nameof(E.TicketInvalid) },
        { "ticket",     "{access token}",     nameof(E.TicketInvalid) },
        { "ticket",     "{of another app}",   nameof(E.TicketInvalid) },
        { "ticket",     "{expired}",          nameof(E.TicketExpired) },
        { "ticket",     "{used}",             nameof(E.TicketExpired) },
        { "ticket",     "{withdrawn}",        nameof(E.TicketInvalid) },
    };

    [Theory, MemberData(nameof(CodeMistakes))]
    public Task Each_mistake_with_a_code_earns_its_error(string parameter, string? value, string expected) =>
        AssertAsync("/oauth2/access_token", expected, CodeAsync, (parameter, value));

    [Theory, MemberData(nameof(RefreshMistakes))]
    public Task Each_mistake_with_a_refresh_token_earns_its_error(string parameter, string? value, string expected) =>
        AssertAsync("/oauth2/refresh_token", expected, RefreshAsync, (parameter, value));

    [Theory, MemberData(nameof(AppMistakes))]
    public Task Each_mistake_of_an_app_alone_earns_its_error(string parameter, string? value, string expected) =>
        AssertAsync("/oauth2/client_token", expected, AppAsync, (parameter, value));

    [Theory, MemberData(nameof(TicketMistakes))]
    public Task Each_mistake_with_a_ticket_earns_its_error(string parameter, string? value, string expected) =>
        AssertAsync("/oauth2/ticket/exchange", expected, TicketAsync, (parameter, value));

    [Fact]
    public Task Of_two_mistakes_with_a_code_the_earlier_rule_answers() =>
        AssertFirstAsync("/oauth2/access_token", CodeMistakes, CodeAsync);

    [Fact]
    public Task Of_two_mistakes_with_a_refresh_token_the_earlier_rule_answers() =>
        AssertFirstAsync("/oauth2/refresh_token", RefreshMistakes, RefreshAsync);

    [Fact]
    public Task Of_two_mistakes_of_an_app_alone_the_earlier_rule_answers() =>
        AssertFirstAsync("/oauth2/client_token", AppMistakes, AppAsync);

    [Fact]
    public Task Of_two_mistakes_with_a_ticket_the_earlier_rule_answers() =>
        AssertFirstAsync("/oauth2/ticket/exchange", TicketMistakes, TicketAsync);

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order()
    {
        AssertCovers(AccessToken.Rules, CodeMistakes);
        AssertCovers(RefreshToken.Rules, RefreshMistakes, nameof(E.SecretMissing), nameof(E.ClientSecretMissing)); // owed by few apps
        AssertCovers(ClientToken.Rules, AppMistakes);
        AssertCovers(TicketExchange.Rules, TicketMistakes);

        static void AssertCovers<T>(Rule<T>[] rules, TheoryData<string, string?, string> mistakes, params string[] elsewhere) =>
            mistakes.Select(row => row.Data.Item3).ShouldBreak(rules, [.. s_elsewhere, .. elsewhere]);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Another_method_than_get_and_post_is_told_to_post(string method)
    {
        foreach (var path in new[] { "access_token", "refresh_token", "client_token", "ticket/exchange" })
        {
            var response = await fixture.Server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/identity/oauth2/" + path));
            Assert.Equal(["GET", "POST"], response.Content.Headers.Allow);
            await response.ShouldBeAsync(E.PostRequired);
        }
    }

    [Theory]
    [InlineData("appid=1&appid=1")]
    [InlineData("appid=1&secret=%ff")]
    public async Task What_is_repeated_or_unreadable_counts_as_nothing(string query) =>
        await (await fixture.Server.Http.GetAsync("/identity/oauth2/access_token?" + query)).ShouldBeAsync(E.AppIdMissing);

    [Theory]
    [InlineData("""{"appid":"1","appid":"2"}""")]
    [InlineData("""["appid"]""")]
    [InlineData("{")]
    [InlineData("\"\\u0000\"")]
    [InlineData("""{"appid":"a\u0000"}""")]
    public async Task A_json_body_that_is_no_plain_object_counts_as_nothing(string body) =>
        await (await fixture.Server.Http.PostAsync(
            "/identity/oauth2/access_token", new StringContent(body, System.Text.Encoding.UTF8, "application/json")))
            .ShouldBeAsync(E.AppIdMissing);

    [Fact]
    public async Task A_stranger_may_use_only_what_it_is_allowed()
    {
        await (await _stranger.ClientTokenAsync()).ShouldBeAsync(E.TypeForbidden);
        await fixture.Server.ChangeAsync(fixture.Stranger, app => app with { GrantTypes = ["client_credentials"] });
        await (await _stranger.ExchangeAsync("forged")).ShouldBeAsync(E.TypeForbidden);
        await (await _stranger.RefreshAsync("forged")).ShouldBeAsync(E.TypeForbidden);
        await (await _stranger.ExchangeTicketAsync("forged")).ShouldBeAsync(E.TypeForbidden);
        await (await _stranger.ClientTokenAsync()).ShouldServeAsync();
    }

    /// <summary>Asked for with GET, with a form and with JSON.</summary>
    private async Task AssertAsync(
        string path, string expected, Func<(string, string?)[], Task<(string, string?)[]>> makeAsync, (string, string?) mistake)
    {
        var fields = await makeAsync([mistake]);
        var got = await _demo.GetAsync(path, fields);
        var posted = await _demo.PostAsync(path, fields);
        var json = await _demo.PostJsonAsync(
            path, fields.Where(field => field.Item2 is not null).ToDictionary(field => field.Item1, field => field.Item2));
        await _demo.ResetClockAsync();
        await got.ShouldBeAsync(IdentityCaller.Named(expected));
        await posted.ShouldBeAsync(IdentityCaller.Named(expected));
        await json.ShouldBeAsync(IdentityCaller.Named(expected));
    }

    /// <summary>Every two mistakes of a table in one request: the contract fixes which of them is told.</summary>
    private async Task AssertFirstAsync(
        string path, TheoryData<string, string?, string> table, Func<(string, string?)[], Task<(string, string?)[]>> makeAsync) =>
        await Assert.AllAsync(
            table.Select(row => row.Data).Where(row => row.Item1 is not "{names}").InPairs(row => row.Item1, row => row.Item3),
            async pair =>
            {
                var fields = await makeAsync([(pair.Earlier.Item1, pair.Earlier.Item2), (pair.Later.Item1, pair.Later.Item2)]);
                var response = await _demo.PostAsync(path, fields);
                await _demo.ResetClockAsync();
                await response.ShouldBeAsync(IdentityCaller.Named(pair.Earlier.Item3));
            });

    private async Task<(string, string?)[]> CodeAsync((string Parameter, string? Value)[] mistakes)
    {
        var wanted = mistakes.FirstOrDefault(mistake => mistake.Parameter is "code").Value;
        var code = wanted switch
        {
            "{of another app}" => await _sibling.CodeAsync(),
            "{of Huawei}" => await new HuaweiCaller(fixture.Server, fixture.Demo).CodeAsync(),
            "{access token}" => (await _demo.SignInAsync()).Access,
            "{ticket}" => await _demo.TicketAsync(),
            "{with a challenge}" => await _demo.CodeAsync(more: new
            {
                code_challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                code_challenge_method = "S256", // RFC 7636, appendix B
            }),
            _ => await _demo.CodeAsync(),
        };
        if (wanted is "{used}")
            await (await _demo.ExchangeAsync(code)).ShouldServeAsync();
        if (wanted is "{withdrawn}")
            await _demo.WithdrawAsync();
        if (wanted is "{expired}")
            await _demo.AdvanceAsync("PT5M1S");

        return Changed(mistakes, code, [.. _demo.Proof, ("grant_type", "authorization_code"), ("code", code)]);
    }

    private async Task<(string, string?)[]> RefreshAsync((string Parameter, string? Value)[] mistakes)
    {
        var wanted = mistakes.FirstOrDefault(mistake => mistake.Parameter is "refresh_token").Value;
        var tokens = await (wanted is "{of another app}" ? _sibling : _demo).SignInAsync();
        var refresh = wanted switch
        {
            "{access token}" => tokens.Access,
            "{of Huawei}" => (await new HuaweiCaller(fixture.Server, fixture.Demo).SignInAsync()).Refresh,
            _ => tokens.Refresh,
        };
        if (wanted is "{used}")
            await (await _demo.RefreshAsync(refresh)).ShouldServeAsync();
        if (wanted is "{withdrawn}")
            await _demo.WithdrawAsync();
        if (wanted is "{expired}")
            await _demo.AdvanceAsync("P30DT1S");

        return Changed(mistakes, refresh, ("appid", _demo.AppId), ("grant_type", "refresh_token"), ("refresh_token", refresh));
    }

    private Task<(string, string?)[]> AppAsync((string Parameter, string? Value)[] mistakes) =>
        Task.FromResult(Changed(mistakes, made: null, [.. _demo.Proof, ("grant_type", "client_credential")]));

    private async Task<(string, string?)[]> TicketAsync((string Parameter, string? Value)[] mistakes)
    {
        var wanted = mistakes.FirstOrDefault(mistake => mistake.Parameter is "ticket").Value;
        var ticket = wanted switch
        {
            "{of another app}" => await _sibling.TicketAsync(),
            "{access token}" => (await _demo.SignInAsync()).Access,
            _ => await _demo.TicketAsync(),
        };
        if (wanted is "{used}")
            await (await _demo.ExchangeTicketAsync(ticket)).ShouldServeAsync();
        if (wanted is "{withdrawn}")
            await _demo.WithdrawAsync();
        if (wanted is "{expired}")
            await _demo.AdvanceAsync("PT5M1S");

        return Changed(mistakes, ticket, [.. _demo.Proof, ("ticket", ticket)]);
    }

    private static (string, string?)[] Changed(
        (string Parameter, string? Value)[] mistakes, string? made, params (string Name, string? Value)[] good) =>
    [
        .. mistakes.Any(mistake => mistake.Parameter is "{names}")
            ? good.Where(field => field.Name is not "secret").Select(field => field.Name is "appid" ? ("client_id", field.Value) : field)
            : good.Where(field => mistakes.All(mistake => mistake.Parameter != field.Name)),
        .. mistakes.Where(mistake => mistake.Parameter is not "{names}").Select(mistake => (mistake.Parameter, mistake.Value switch
        {
            "{long}" => new string('a', 5000),
            "{of another app}" when mistake.Parameter is "secret" => new string('0', 64),
            ['{', ..] => made,
            var value => value,
        })),
    ];
}
