using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using A = Yaopai.Errors.WeLinkErrors.Auth;
using E = Yaopai.Errors.WeLinkErrors.OAuth;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Tests.Surfaces.WeLink.Auth;

public sealed class TokenTests(OwnApps apps) : IClassFixture<OwnApps>
{
    private readonly WeLinkCaller _caller = new(apps.Server, apps.Demo);

    /// <summary>One mistake in a request that is otherwise good, in the order of the rules. Null leaves the parameter out.</summary>
    public static TheoryData<string, string?, string> Mistakes { get; } = new()
    {
        { "code",          new string('a', 2001), nameof(E.CodeTooLong) },
        { "client_id",     new string('1', 256),  nameof(E.ClientIdTooLong) },
        { "client_secret", new string('a', 256),  nameof(E.ClientSecretTooLong) },
        { "state",         new string('a', 256),  nameof(E.StateTooLong) },
        { "code",          null,                  nameof(E.CodeMissing) },
        { "code",          "",                    nameof(E.CodeMissing) },
        { "grant_type",    null,                  nameof(E.GrantTypeUnsupported) },
        { "grant_type",    "",                    nameof(E.GrantTypeUnsupported) },
        { "grant_type",    "refresh_token",       nameof(E.GrantTypeUnsupported) },
        { "client_id",     null,                  nameof(E.ClientAuthenticationFailed) },
        { "client_id",     "999999999",           nameof(E.ClientAuthenticationFailed) },
        { "client_id",     "abc",                 nameof(E.ClientAuthenticationFailed) },
        { "code",          "nonsense",            nameof(E.CodeInvalid) },
        { "redirect_uri",  "https://other.example/callback", nameof(E.CodeInvalid) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string parameter, string? value, string expected) =>
        await (await _caller.ExchangeAsync(await _caller.CodeAsync(), (parameter, value)))
            .ShouldBeAsync(WeLinkCaller.Named($"OAuth.{expected}"));

    [Fact]
    public async Task Of_two_mistakes_the_first_in_the_documented_order_is_told()
    {
        var rows = Mistakes.Select(row => row.Data).Where(row => row.Item2?.Length != 0).ToArray();
        for (var earlier = 0; earlier < rows.Length; earlier++)
        {
            for (var later = earlier + 1; later < rows.Length; later++)
            {
                if (rows[earlier].Item1 == rows[later].Item1)
                    continue;

                await (await _caller.ExchangeAsync("x", (rows[earlier].Item1, rows[earlier].Item2), (rows[later].Item1, rows[later].Item2)))
                    .ShouldBeAsync(WeLinkCaller.Named($"OAuth.{rows[earlier].Item3}"));
            }
        }
    }

    [Fact]
    public async Task The_longest_that_may_be_is_accepted()
    {
        var json = await (await _caller.ExchangeAsync(await _caller.CodeAsync(), ("state", new string('s', 255))))
            .ShouldServeWeLinkAsync(E.Ok);

        Assert.Equal(new string('s', 255), json.GetProperty("state").GetString());
        Assert.Equal("success", json.GetProperty("message").GetString());
        Assert.Equal("7200", json.GetProperty("expires_in").GetString());
        Assert.Equal("Bearer", json.GetProperty("token_type").GetString());
    }

    [Fact]
    public async Task A_code_works_once_and_lives_five_minutes()
    {
        var used = await _caller.CodeAsync();
        await (await _caller.ExchangeAsync(used, ("redirect_uri", null))).ShouldServeWeLinkAsync(E.Ok);
        await (await _caller.ExchangeAsync(used)).ShouldBeAsync(E.CodeInvalid);

        var app = await apps.Server.NewAppAsync();
        var caller = new WeLinkCaller(apps.Server, app);
        var old = await caller.CodeAsync();
        await caller.AdvanceAsync("PT5M");
        await (await caller.ExchangeAsync(old)).ShouldBeAsync(E.CodeExpired);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task An_unused_code_of_a_member_who_was_closed_or_deleted_since_trades_for_nothing(bool isDeleted)
    {
        var members = apps.Server.Get<IMemberStore>();
        var (userId, accountId) = await apps.Server.NewMemberAsync();
        var code = apps.Server.CodeOf(apps.Demo, accountId);
        var member = (await members.FindAsync(DemoOrganisations.Welink, MemberKey.UserId, userId, default))!;
        Assert.Equal(MemberOutcome.Done, isDeleted
            ? await members.DeleteAsync(DemoOrganisations.Welink, userId, DateTimeOffset.UtcNow, default)
            : await members.PutAsync(member with { State = MemberState.Closed }, default));

        await (await _caller.ExchangeAsync(code)).ShouldBeAsync(E.CodeInvalid);
        await (await _caller.PostAsync("/api/auth/v1/tickets", _caller.With(("type", "u"), ("code", code))))
            .ShouldBeAsync(A.AccessTokenUnavailable);
        var app = await WeLinkCaller.OfAppAsync(apps.Server, apps.Demo);
        await (await app.GetAsync("/api/auth/v2/userid", ("code", code))).ShouldBeAsync(A.UserInfoUnavailable);
        if (isDeleted)
            return;

        await members.PutAsync(member, default);
        await (await _caller.ExchangeAsync(code)).ShouldServeWeLinkAsync(E.Ok); // it was never used
    }

    [Fact]
    public async Task Of_ten_callers_with_one_code_one_gets_a_token()
    {
        var code = await _caller.CodeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _caller.ExchangeAsync(code)));

        Assert.Single(answers, answer => (int)answer.StatusCode is 200);
    }

    [Fact]
    public async Task A_code_of_another_app_is_invalid() =>
        await (await new WeLinkCaller(apps.Server, apps.Sibling).ExchangeAsync(await _caller.CodeAsync())).ShouldBeAsync(E.CodeInvalid);

    [Fact]
    public async Task Five_wrong_secrets_in_a_row_lock_an_app_out_for_a_quarter_of_an_hour()
    {
        var caller = new WeLinkCaller(apps.Server, await apps.Server.NewAppAsync());
        for (var i = 0; i < 4; i++)
            await (await caller.ExchangeAsync("x", ("client_secret", "wrong"))).ShouldBeAsync(E.ClientAuthenticationFailed);

        await (await caller.ExchangeAsync(await caller.CodeAsync())).ShouldServeWeLinkAsync(E.Ok); // the row is broken
        for (var i = 0; i < 5; i++)
            await (await caller.ExchangeAsync("x", ("client_secret", "wrong"))).ShouldBeAsync(E.ClientAuthenticationFailed);

        await (await caller.ExchangeAsync(await caller.CodeAsync())).ShouldBeAsync(E.ClientLocked);
        await caller.AdvanceAsync("PT15M");
        await (await caller.ExchangeAsync(await caller.CodeAsync())).ShouldServeWeLinkAsync(E.Ok);
    }

    [Fact]
    public async Task Of_many_wrong_secrets_at_once_five_are_looked_at()
    {
        var caller = new WeLinkCaller(apps.Server, await apps.Server.NewAppAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => caller.ExchangeAsync("x", ("client_secret", "wrong"))));

        var codes = await Task.WhenAll(answers.Select(async answer => (await answer.JsonAsync()).GetProperty("code").GetString()));
        Assert.Equal(5, codes.Count(code => code == E.ClientAuthenticationFailed.Code));
        Assert.Equal(15, codes.Count(code => code == E.ClientLocked.Code));
    }

    [Fact]
    public async Task A_token_opens_what_the_person_is_asked_about()
    {
        var caller = await WeLinkCaller.OfUserAsync(apps.Server, "mainland", apps.Demo);

        var json = await (await caller.GetAsync("/api/auth/v1/userid")).ShouldServeWeLinkAsync(G.Ok);

        Assert.Equal("mainland@welink", json.GetProperty("userId").GetString());
    }
}
