using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.Identity.Links;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Yaopai.Server.Surfaces.Identity.Users;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Tests.Surfaces.Identity.OAuth;

/// <summary>One mistake in a call with a token that is otherwise good.</summary>
public sealed class BearerMistakeTests(OwnApps fixture) : IClassFixture<OwnApps>
{
    private readonly IdentityCaller _demo = new(fixture.Server, fixture.Demo);
    private readonly IdentityCaller _sibling = new(fixture.Server, fixture.Sibling);

    private static readonly string[] s_elsewhere = [nameof(E.HttpsRequired), nameof(E.IpAddressForbidden), nameof(E.CallsThrottled)];

    /// <summary>What is wrong with a token, wherever a person's is taken.</summary>
    private static readonly (string, string?, string)[] s_tokens =
    [
        ("access_token", null,              nameof(E.AccessTokenMissing)),
        ("access_token", "",                nameof(E.AccessTokenMissing)),
        ("access_token", "forged",          nameof(E.AccessTokenInvalid)),
        ("access_token", "{long}",          nameof(E.AccessTokenInvalid)),
        ("access_token", "{refresh token}", nameof(E.AccessTokenInvalid)),
        ("access_token", "{of Huawei}",     nameof(E.AccessTokenInvalid)),
        ("access_token", "{revoked}",       nameof(E.AccessTokenInvalid)),
        ("access_token", "{expired}",       nameof(E.AccessTokenExpired)),
        ("access_token", "{of the app}",    nameof(E.CredentialInvalid)),
    ];

    public static TheoryData<string, string?, string> MeMistakes { get; } = [.. s_tokens];

    public static TheoryData<string, string?, string> UserInfoMistakes { get; } =
    [
        .. s_tokens,
        ("access_token",       "{without scope}", nameof(E.AccessTokenForbidden)),
        ("oauth_consumer_key", null,              nameof(E.ConsumerKeyOfAnotherClient)),
        ("oauth_consumer_key", "abc",             nameof(E.ConsumerKeyOfAnotherClient)),
        ("oauth_consumer_key", "100000002",       nameof(E.ConsumerKeyOfAnotherClient)),
        ("openid",             null,              nameof(E.OpenIdUnknown)),
        ("openid",             "",                nameof(E.OpenIdUnknown)),
        ("openid",             "{of another app}", nameof(E.OpenIdUnknown)),
        ("openid",             "{long}",          nameof(E.OpenIdUnknown)),
        ("access_token",       "{without profile}", nameof(E.UserInfoMissing)),
    ];

    /// <summary>The same with the token of an app.</summary>
    private static readonly (string, string?, string)[] s_appTokens =
    [
        ("access_token", null,              nameof(E.AccessTokenMissing)),
        ("access_token", "forged",          nameof(E.AccessTokenInvalid)),
        ("access_token", "{expired}",       nameof(E.AccessTokenExpired)),
        ("access_token", "{of a person}",   nameof(E.CredentialInvalid)),
        ("appid",        "100000002",       nameof(E.CredentialInvalid)),
    ];

    public static TheoryData<string, string?, string> ShortenMistakes { get; } =
    [
        .. s_appTokens,
        ("{body}",       "",                               nameof(E.BodyMissing)),
        ("url",          null,                             nameof(E.UrlMissing)),
        ("url",          "",                               nameof(E.UrlMissing)),
        ("url",          "https://demo.example/{long}",    nameof(E.UrlTooLong)),
        ("url",          "demo.example/page",              nameof(E.UrlMalformed)),
        ("url",          "ftp://demo.example/page",        nameof(E.UrlMalformed)),
        ("url",          "https://demo.example/page#part", nameof(E.UrlMalformed)),
        ("url",          "https://evil.example/page",      nameof(E.UrlMalformed)),
        ("url",          "https://demo.example:444/page",  nameof(E.UrlMalformed)),
        ("url",          "http://demo.example/page",       nameof(E.UrlMalformed)),
    ];

    public static TheoryData<string, string?, string> CheckMistakes { get; } =
    [
        .. s_appTokens,
        ("{body}",       "",                               nameof(E.BodyMissing)),
        ("content",      "",                               nameof(E.ContentMissing)),
        ("content",      " \n",                            nameof(E.ContentMissing)),
        ("url",          null,                             nameof(E.UrlMissing)),
        ("url",          "https://demo.example/{long}",    nameof(E.UrlTooLong)),
        ("url",          "javascript:alert(1)",            nameof(E.UrlMalformed)),
    ];

    [Theory, MemberData(nameof(MeMistakes))]
    public Task Each_mistake_at_me_earns_its_error(string parameter, string? value, string expected) =>
        AssertAsync(MeAsync, expected, (parameter, value));

    [Theory, MemberData(nameof(MeMistakes))]
    public Task Each_mistake_at_the_ticket_earns_its_error(string parameter, string? value, string expected) =>
        AssertAsync(TicketAsync, expected, (parameter, value));

    [Theory, MemberData(nameof(UserInfoMistakes))]
    public Task Each_mistake_at_the_profile_earns_its_error(string parameter, string? value, string expected) =>
        AssertAsync(UserInfoAsync, expected, (parameter, value));

    [Theory, MemberData(nameof(ShortenMistakes))]
    public Task Each_mistake_at_the_shortener_earns_its_error(string parameter, string? value, string expected) =>
        AssertAsync(mistakes => LinkAsync("/url/shorten", mistakes), expected, (parameter, value));

    [Theory, MemberData(nameof(CheckMistakes))]
    public Task Each_mistake_at_the_check_earns_its_error(string parameter, string? value, string expected) =>
        AssertAsync(mistakes => LinkAsync("/url/check", mistakes), expected, (parameter, value));

    [Fact]
    public async Task Of_two_mistakes_the_earlier_rule_answers()
    {
        await AssertFirstAsync(UserInfoAsync, UserInfoMistakes);
        await AssertFirstAsync(mistakes => LinkAsync("/url/shorten", mistakes), ShortenMistakes);
        await AssertFirstAsync(mistakes => LinkAsync("/url/check", mistakes), CheckMistakes);
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order()
    {
        AssertCovers(Me.Rules, MeMistakes, nameof(E.AccessTokenForbidden)); // any token will do
        AssertCovers(Ticket.Rules, MeMistakes, nameof(E.AccessTokenForbidden));
        AssertCovers(GetUserInfo.Rules, UserInfoMistakes);
        AssertCovers(ShortenUrl.Rules, ShortenMistakes);
        AssertCovers(CheckUrl.Rules, CheckMistakes);

        static void AssertCovers<T>(Rule<T>[] rules, TheoryData<string, string?, string> mistakes, params string[] elsewhere) =>
            mistakes.Select(row => row.Data.Item3).ShouldBreak(rules, [.. s_elsewhere, .. elsewhere]);
    }

    [Fact]
    public async Task What_only_reads_is_asked_with_get()
    {
        foreach (var path in new[] { "/oauth2/me", "/user/get_user_info" })
            await (await _demo.PostAsync(path, ("access_token", "forged"))).ShouldBeAsync(E.GetRequired);
    }

    [Fact]
    public async Task What_does_something_is_asked_with_post()
    {
        foreach (var path in new[] { "/oauth2/ticket", "/url/check", "/url/shorten", "/oauth2/login" })
            await (await _demo.GetAsync(path)).ShouldBeAsync(E.PostRequired);
    }

    private async Task AssertAsync(
        Func<(string Parameter, string? Value)[], Task<HttpResponseMessage>> callAsync, string expected,
        params (string, string?)[] mistakes)
    {
        var response = await callAsync(mistakes);
        await _demo.ResetClockAsync();
        await response.ShouldBeAsync(IdentityCaller.Named(expected));
    }

    private Task AssertFirstAsync(
        Func<(string Parameter, string? Value)[], Task<HttpResponseMessage>> callAsync, TheoryData<string, string?, string> table) =>
        Assert.AllAsync(
            table.Select(row => row.Data).Where(row => row.Item1 is not "{body}").InPairs(row => row.Item1, row => row.Item3),
            pair => AssertAsync(
                callAsync, pair.Earlier.Item3, (pair.Earlier.Item1, pair.Earlier.Item2), (pair.Later.Item1, pair.Later.Item2)));

    private async Task<HttpResponseMessage> MeAsync((string Parameter, string? Value)[] mistakes) =>
        await _demo.GetAsync("/oauth2/me", Changed(mistakes, ("access_token", (await UserAsync(mistakes)).Access)));

    private async Task<HttpResponseMessage> TicketAsync((string Parameter, string? Value)[] mistakes) =>
        await _demo.PostAsync("/oauth2/ticket", Changed(mistakes, ("access_token", (await UserAsync(mistakes)).Access)));

    private async Task<HttpResponseMessage> UserInfoAsync((string Parameter, string? Value)[] mistakes)
    {
        var tokens = await UserAsync(mistakes);
        return await _demo.GetAsync("/user/get_user_info", Changed(
            mistakes, ("access_token", tokens.Access), ("oauth_consumer_key", _demo.AppId), ("openid", tokens.OpenId)));
    }

    private async Task<HttpResponseMessage> LinkAsync(string path, (string Parameter, string? Value)[] mistakes)
    {
        var wanted = mistakes.FirstOrDefault(mistake => mistake.Parameter is "access_token").Value;
        var token = wanted is "{of a person}" ? (await _demo.SignInAsync()).Access : await _demo.AppTokenAsync();
        if (wanted is "{expired}")
            await _demo.AdvanceAsync("PT2H1S");

        return mistakes is [("{body}", _)]
            ? await fixture.Server.Http.PostAsync(IdentityCaller.Address(path, ("access_token", token)), content: null)
            : await _demo.PostAsync(path, Changed(mistakes, ("access_token", token), ("url", "https://demo.example/page"), ("more", "1")));
    }

    private async Task<IdentityCaller.Tokens> UserAsync((string Parameter, string? Value)[] mistakes)
    {
        var wanted = mistakes.FirstOrDefault(mistake => mistake.Parameter is "access_token").Value;
        var tokens = wanted switch
        {
            "{without scope}" => await _demo.SignInAsync(scope: "snsapi_base"),
            "{without profile}" => await _demo.SignInAsync("nophone"),
            _ => await _demo.SignInAsync(),
        };
        if (wanted is "{revoked}")
            await _demo.WithdrawAsync();
        if (wanted is "{expired}")
            await _demo.AdvanceAsync("PT2H1S");

        return wanted switch
        {
            "{refresh token}" => tokens with { Access = tokens.Refresh },
            "{of the app}" => tokens with { Access = await _demo.AppTokenAsync() },
            "{of Huawei}" => tokens with { Access = (await new HuaweiCaller(fixture.Server, fixture.Demo).SignInAsync()).Access },
            _ => mistakes.Any(mistake => mistake.Value is "{of another app}")
                ? tokens with { OpenId = (await _sibling.SignInAsync()).OpenId }
                : tokens,
        };
    }

    private static (string, string?)[] Changed((string Parameter, string? Value)[] mistakes, params (string Name, string? Value)[] good) =>
    [
        // what braces name stands in the good request already
        .. good.Where(field => mistakes.All(mistake => mistake.Parameter != field.Name || IsMade(mistake.Value))),
        .. mistakes.Where(mistake => !IsMade(mistake.Value)).Select(mistake => (
            mistake.Parameter, mistake.Value?.Replace("{long}", new string('a', 5000)))),
    ];

    private static bool IsMade(string? value) => value is ['{', ..] and not "{long}";
}
