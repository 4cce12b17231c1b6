using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Surfaces.HuaweiAccount.People;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.HuaweiAccountErrors.QuickLogin;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.People;

public sealed class QuickLoginTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Path = "/oauth2/v6/quickLogin/getPhoneNumber";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"; // RFC 7636, appendix B

    private readonly HuaweiCaller _demo = new(fixture.Server);
    private readonly HuaweiCaller _sibling = new(fixture.Server, HuaweiCaller.Sibling);

    /// <summary>One mistake in a request that is otherwise good: the field, its JSON (null leaves it out), the error.
    /// Braces name a code that is made first.</summary>
    public static TheoryData<string, string?, string> Mistakes { get; } = new()
    {
        { "code",         null,                             nameof(E.ParameterIllegal) },
        { "code",         "null",                           nameof(E.ParameterIllegal) },
        { "code",         "\"\"",                           nameof(E.ParameterIllegal) },
        { "code",         "42",                             nameof(E.ParameterIllegal) },
        { "code",         "[\"DgEB\"]",                     nameof(E.ParameterIllegal) },
        { "code",         "\"DgEB a b==\"",                 nameof(E.ParameterIllegal) },
        { "code",         "{1025 letters}",                 nameof(E.ParameterIllegal) },
        { "clientId",     null,                             nameof(E.ParameterIllegal) },
        { "clientId",     "\"\"",                           nameof(E.ParameterIllegal) },
        { "clientId",     "100000001",                      nameof(E.ParameterIllegal) },
        { "clientId",     "\"10000000x\"",                  nameof(E.ParameterIllegal) },
        { "clientId",     "\"" + "1234567890123456789012345678901234567890123456789012345678901234567890\"", nameof(E.ParameterIllegal) },
        { "clientSecret", null,                             nameof(E.ParameterIllegal) },
        { "clientSecret", "\"\"",                           nameof(E.ParameterIllegal) },
        { "clientSecret", "true",                           nameof(E.ParameterIllegal) },
        { "clientSecret", "\"not-hex!\"",                   nameof(E.ParameterIllegal) },
        { "clientId",     "\"999999999\"",                  nameof(E.ParameterIllegal) },
        { "clientSecret", "\"wrong\"",                      nameof(E.ClientSecretIncorrect) },
        { "code",         "\"Zm9yZ2Vk\"",                   nameof(E.CodeIncorrect) },
        { "code",         "{access token}",                 nameof(E.CodeIncorrect) },
        { "code",         "{of another app}",               nameof(E.CodeOfAnotherClient) },
        { "code",         "{expired}",                      nameof(E.CodeExpired) },
        { "code",         "{used here}",                    nameof(E.CodeUsed) },
        { "code",         "{used for tokens}",              nameof(E.CodeUsed) },
        { "code",         "{withdrawn}",                    nameof(E.CodeRevoked) },
        { "code",         "{from elsewhere}",               nameof(E.QuickLoginForbidden) },
        { "code",         "{without the scope}",            nameof(E.QuickLoginForbidden) },
        { "code",         "{bound to a verifier}",          nameof(E.QuickLoginForbidden) },
        { "code",         "{nophone}",                      nameof(E.PhoneNumberMissing) },
        { "code",         "{hongkong}",                     nameof(E.PhoneNumberRestricted) },
        { "code",         "{russia}",                       nameof(E.PhoneNumberRestricted) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string field, string? value, string expected)
    {
        var code = await CodeAsync(value);
        var body = new JsonObject { ["code"] = code, ["clientId"] = _demo.ClientId, ["clientSecret"] = _demo.App.ClientSecret };
        if (value is null)
            body.Remove(field);
        else if (value[0] is not '{')
            body[field] = JsonNode.Parse(value);

        var response = await _demo.PostJsonAsync(Path, body.ToJsonString());

        await _demo.ResetClockAsync();
        await response.ShouldBeAsync(Named(expected));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() => Assert.Equal(
        // that depends on earlier calls
        QuickLogin.Rules.Select(rule => rule.Error.Name).Where(name => name is not nameof(E.FlowControl)).Distinct(),
        Mistakes.Select(row => row.Data.Item3).Distinct());

    [Theory]
    [InlineData("mainland", "11136000008", 1)]
    [InlineData("unverified", "11136000009", 0)]
    public async Task A_code_of_the_button_trades_for_the_bound_number(string user, string number, int valid)
    {
        var response = await _demo.QuickLoginAsync(await _demo.OneTapCodeAsync(user));

        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        var json = await response.ShouldSucceedAsync(E.Ok);
        Assert.Equal(
            ["openId", "unionId", "phoneNumber", "phoneNumberValid", "purePhoneNumber", "phoneCountryCode"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("0086" + number, json.GetProperty("phoneNumber").GetString());
        Assert.Equal(valid, json.GetProperty("phoneNumberValid").GetInt32());
        Assert.Equal(number, json.GetProperty("purePhoneNumber").GetString());
        Assert.Equal("0086", json.GetProperty("phoneCountryCode").GetString());
        Assert.Equal(await _demo.IdentifiersAsync(user), (json.GetProperty("openId").GetString(), json.GetProperty("unionId").GetString()));
    }

    [Fact]
    public async Task A_number_that_nobody_proved_is_told_to_nobody()
    {
        var account = Samples.NewAccount();
        account = account with { Phones = [new(account.Id, "86", $"139{account.Id:00000000}", "CN", IsBound: true, VerifiedAt: null)] };
        Assert.True(await fixture.Server.Get<IAccountStore>().TryAddAsync(account, default));

        await (await _demo.QuickLoginAsync(await _demo.OneTapCodeAsync(account.Name))).ShouldBeAsync(E.PhoneNumberMissing);
    }

    [Fact]
    public async Task Ninety_days_after_it_was_proved_the_number_counts_as_unproved()
    {
        await _demo.AdvanceAsync("P89D");
        Assert.Equal(1, await ValidAsync());
        await _demo.AdvanceAsync("P1DT1H");
        Assert.Equal(0, await ValidAsync());
        await _demo.ResetClockAsync();

        async Task<int> ValidAsync() =>
            (await (await _demo.QuickLoginAsync(await _demo.OneTapCodeAsync())).ShouldSucceedAsync(E.Ok)).GetProperty("phoneNumberValid")
                .GetInt32();
    }

    [Fact]
    public async Task A_code_used_here_is_used_for_tokens_too()
    {
        var code = await _demo.OneTapCodeAsync();
        await (await _demo.QuickLoginAsync(code)).ShouldSucceedAsync(E.Ok);

        await (await _demo.ExchangeAsync(code)).ShouldBeAsync(HuaweiAccountErrors.Token.CodeUsed);
    }

    [Fact]
    public async Task A_code_that_was_used_for_tokens_takes_them_with_it()
    {
        var code = await _demo.OneTapCodeAsync();
        var access = (await (await _demo.ExchangeAsync(code)).JsonAsync()).GetProperty("access_token").GetString()!;

        await (await _demo.QuickLoginAsync(code)).ShouldBeAsync(E.CodeUsed);

        await (await _demo.GetTokenInfoAsync(access)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenRevoked);
    }

    [Theory]
    [InlineData("russia", "openid quickLoginMobilePhone", "quickLogin")] // not mainland
    [InlineData("nophone", "openid quickLoginMobilePhone", "quickLogin")]
    [InlineData("mainland", "openid", "quickLogin")]
    [InlineData("mainland", "openid quickLoginMobilePhone", "")]
    public async Task A_used_code_is_told_as_used_whatever_else_is_wrong_and_a_refused_one_can_still_be_used(
        string user, string scope, string component)
    {
        var code = await _demo.CodeAsync(user, scope, new { component });
        var refusal = await _demo.QuickLoginAsync(code);
        Assert.DoesNotContain(E.CodeUsed.Code, await refusal.CodeOfAsync());

        var access = (await (await _demo.ExchangeAsync(code)).ShouldSucceedAsync(HuaweiAccountErrors.Token.Ok)).GetProperty("access_token")
            .GetString()!;

        await (await _demo.QuickLoginAsync(code)).ShouldBeAsync(E.CodeUsed);
        await (await _demo.GetTokenInfoAsync(access)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenRevoked);
    }

    [Fact]
    public async Task Of_many_who_bring_one_code_to_both_places_one_is_served()
    {
        var code = await _demo.OneTapCodeAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? _demo.QuickLoginAsync(code) : _demo.ExchangeAsync(code)));

        var bodies = await Task.WhenAll(answers.Select(answer => answer.JsonAsync()));
        Assert.Single(bodies, body => body.TryGetProperty("openId", out _) || body.TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task A_mainland_account_with_a_number_from_elsewhere_is_restricted()
    {
        var store = fixture.Server.Get<IAccountStore>();
        var account = (await store.FindByNameAsync("risky", default))!;
        await store.TryChangeAsync(
            account with { Phones = [account.Phones[0] with { CallingCode = "852", National = "60000001", Region = "HK" }] }, default);
        fixture.Server.Get<AccountDirectory>().Clear();

        await (await _demo.QuickLoginAsync(await _demo.OneTapCodeAsync("risky"))).ShouldBeAsync(E.PhoneNumberRestricted);

        await store.TryChangeAsync(account, default);
        fixture.Server.Get<AccountDirectory>().Clear();
    }

    [Fact]
    public async Task A_code_of_a_person_who_is_gone_is_revoked()
    {
        var account = Samples.NewAccount();
        Assert.True(await fixture.Server.Get<IAccountStore>().TryAddAsync(account, default));
        var code = await _demo.OneTapCodeAsync(account.Name);
        Assert.True(await fixture.Server.Get<AccountDeletion>().TryDeleteAsync(account.Id, default));

        await (await _demo.QuickLoginAsync(code)).ShouldBeAsync(E.CodeRevoked);
    }

    [Fact]
    public async Task An_app_whose_right_to_one_tap_sign_in_was_withdrawn_is_refused()
    {
        var store = fixture.Server.Get<IAppStore>();
        var app = (await store.FindAsync(_sibling.App.ClientId, default))!;
        var code = await _sibling.OneTapCodeAsync();
        await store.TryChangeAsync(app with { ApprovedScopes = ["openid"] }, default);
        fixture.Server.Get<AppDirectory>().Clear();

        await (await _sibling.QuickLoginAsync(code)).ShouldBeAsync(E.QuickLoginForbidden);

        await store.TryChangeAsync(app, default);
        fixture.Server.Get<AppDirectory>().Clear();
    }

    [Fact]
    public async Task Who_does_not_know_the_secret_learns_nothing_of_a_code()
    {
        foreach (var code in new[] { await _demo.OneTapCodeAsync(), await UsedAsync(_demo.QuickLoginAsync), "Zm9yZ2Vk" })
        {
            var body = JsonSerializer.Serialize(new { code, clientId = _demo.ClientId, clientSecret = _sibling.App.ClientSecret });
            await (await _demo.PostJsonAsync(Path, body)).ShouldBeAsync(E.ClientSecretIncorrect);
        }
    }

    [Theory]
    [InlineData("application/json", "{")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "\"text\"")]
    [InlineData("application/json", "")]
    [InlineData("application/json", """{"code":"a","code":"b","clientId":"100000001","clientSecret":"c"}""")]
    [InlineData("application/json", "{\"code\":\"\\ud800\"}")]
    [InlineData("application/json; charset=gbk", "{}")]
    [InlineData("application/x-www-form-urlencoded", "code=a&clientId=100000001&clientSecret=c")]
    [InlineData("text/plain", "{}")]
    [InlineData(null, "{}")]
    public async Task What_cannot_be_parsed_is_an_illegal_parameter(string? contentType, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        await (await fixture.Server.Http.PostAsync("/huawei" + Path, content)).ShouldBeAsync(E.ParameterIllegal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_a_mebibyte_is_an_illegal_parameter(bool saysItsLength)
    {
        using var content = new StreamContent(new MemoryStream(new byte[(1024 * 1024) + 1]));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/huawei" + Path) { Content = content };
        request.Headers.TransferEncodingChunked = !saysItsLength;

        await (await fixture.Server.Http.SendAsync(request)).ShouldBeAsync(E.ParameterIllegal);
    }

    [Fact]
    public async Task Parameters_in_the_query_do_not_count()
    {
        var query =
            $"?code={Uri.EscapeDataString(await _demo.OneTapCodeAsync())}&clientId={_demo.ClientId}&clientSecret={_demo.App.ClientSecret}";

        await (await _demo.PostJsonAsync(Path + query, "{}")).ShouldBeAsync(E.ParameterIllegal);
    }

    [Fact]
    public async Task What_else_is_in_the_body_is_ignored()
    {
        var body = JsonSerializer.Serialize(
            new { code = await _demo.OneTapCodeAsync(), clientId = _demo.ClientId, clientSecret = _demo.App.ClientSecret, more = 1 });

        await (await _demo.PostJsonAsync(Path, body)).ShouldSucceedAsync(E.Ok);
    }

    private async Task<string> CodeAsync(string? what)
    {
        switch (what)
        {
            case "{1025 letters}":
                return new string('a', 1025);
            case "{access token}":
                return (await _demo.SignInAsync()).Access;
            case "{of another app}":
                return await _sibling.OneTapCodeAsync();
            case "{expired}":
                var expired = await _demo.OneTapCodeAsync();
                await _demo.AdvanceAsync("PT5M1S");
                return expired;
            case "{used here}":
                return await UsedAsync(_demo.QuickLoginAsync);
            case "{used for tokens}":
                return await UsedAsync(code => _demo.ExchangeAsync(code));
            case "{withdrawn}":
                var withdrawn = await _demo.OneTapCodeAsync("unverified");
                await _demo.WithdrawAsync("unverified");
                return withdrawn;
            case "{from elsewhere}":
                return await _demo.CodeAsync("mainland", "openid quickLoginMobilePhone");
            case "{without the scope}":
                return await _demo.OneTapCodeAsync("mainland", "openid quickLoginAnonymousPhone");
            case "{bound to a verifier}":
                return await _demo.OneTapCodeAsync(
                    more: new { component = "quickLogin", code_challenge = Challenge, code_challenge_method = "S256" });
            case "{nophone}" or "{hongkong}" or "{russia}":
                return await _demo.OneTapCodeAsync(what[1..^1]);
            default:
                return await _demo.OneTapCodeAsync();
        }
    }

    private async Task<string> UsedAsync(Func<string, Task<HttpResponseMessage>> use)
    {
        var code = await _demo.OneTapCodeAsync();
        Assert.True((await use(code)).IsSuccessStatusCode);
        return code;
    }

    private static ErrorDefinition Named(string name) => E.All.Single(error => error.Name == name);
}
