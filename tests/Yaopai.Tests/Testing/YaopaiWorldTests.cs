using System.Net;
using System.Xml.Linq;
using Yaopai.Testing;

namespace Yaopai.Tests.Testing;

/// <summary>One platform, and for each test a world that the others do not meet.</summary>
public sealed class YaopaiWorldTests(YaopaiWorldTests.OnePlatform fixture) : IClassFixture<YaopaiWorldTests.OnePlatform>, IAsyncLifetime
{
    private YaopaiWorld _world = null!;

    private YaopaiUser Somebody => _world.User("mainland");

    [Fact]
    public void It_has_the_demo_apps_people_and_organisations()
    {
        Assert.Equal(["demo", "demo-sibling", "demo-stranger"], _world.Apps.Select(app => app.Name));
        Assert.Contains("huawei", _world.App.Surfaces);
        Assert.Contains("openid", _world.App.Scopes!);
        Assert.Equal("https://demo.example/callback", _world.App.RedirectUri);
        Assert.Equal($"mainland-{_world.Id}", Somebody.Name);
        Assert.StartsWith("+86", Somebody.Phone, StringComparison.Ordinal);
        Assert.Equal([$"welink-{_world.Id}", $"stranger-{_world.Id}"], _world.Tenants.Select(tenant => tenant.Domain));
        Assert.Contains("mainland", Assert.Throws<YaopaiException>(() => _world.User("nobody")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_clock_is_moved_set_and_put_back_and_nobody_elses_is()
    {
        var before = await fixture.Platform.Clock.NowAsync();

        var moved = await _world.Clock.AdvanceAsync(TimeSpan.FromDays(180.5));
        Assert.InRange(moved - before, TimeSpan.FromDays(180.5), TimeSpan.FromDays(181));
        Assert.InRange(await _world.Clock.AdvanceAsync(TimeSpan.FromHours(-12)) - before, TimeSpan.FromDays(180), TimeSpan.FromDays(180.5));
        Assert.Equal(2031, (await _world.Clock.SetAsync(new DateTimeOffset(2031, 5, 1, 8, 0, 0, TimeSpan.FromHours(8)))).Year);
        Assert.Equal(2031, (await _world.Clock.NowAsync()).Year);
        Assert.InRange(await fixture.Platform.Clock.NowAsync() - before, TimeSpan.Zero, TimeSpan.FromHours(1));

        await _world.Clock.ResetAsync();
        Assert.InRange(await _world.Clock.NowAsync() - before, TimeSpan.Zero, TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_clock_that_would_leave_its_years_says_so()
    {
        var refused = await Assert.ThrowsAsync<YaopaiException>(() => _world.Clock.AdvanceAsync(TimeSpan.FromDays(3_000_000)));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("between the years 2000 and 9000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_faults_strike_its_apps_alone_and_are_counted()
    {
        var fault = await _world.Faults.AddErrorAsync("huawei.token", "1101/12304", times: 2);
        Assert.Equal("1101/12304", (await ExchangeAsync(_world)).Number);
        await using var other = await fixture.Platform.CreateWorldAsync();
        Assert.NotNull((await ExchangeAsync(other)).AccessToken);

        var listed = Assert.Single(await _world.Faults.ListAsync());
        Assert.Equal(fault with { Struck = 1 }, listed);
        Assert.Empty(await other.Faults.ListAsync());

        await _world.Faults.RemoveAsync(fault.Id);
        Assert.NotNull((await ExchangeAsync(_world)).AccessToken);
    }

    [Fact]
    public async Task A_fault_is_listed_as_it_was_asked_for_and_cleared()
    {
        var asked = new YaopaiFault
        {
            Target = "huawei.token",
            Fault = "delay",
            Delay = TimeSpan.FromSeconds(0.25),
            Times = 3,
            Probability = 0.5,
            Seed = 7,
            ClientId = _world.App.ClientId,
        };

        var added = await _world.Faults.AddAsync(asked);

        Assert.Equal(asked with { Id = added.Id }, added);
        Assert.NotEqual(0, added.Id);
        await _world.Faults.ClearAsync();
        Assert.Empty(await _world.Faults.ListAsync());
    }

    [Fact]
    public async Task A_fault_that_its_target_cannot_show_is_refused_with_what_it_can()
    {
        var undocumented = await Assert.ThrowsAsync<YaopaiException>(() => _world.Faults.AddErrorAsync("huawei.token", "1101/20165"));
        Assert.Contains("The nearest is \"1101/20155\"", undocumented.Message, StringComparison.Ordinal);

        var misplaced = await Assert.ThrowsAsync<YaopaiException>(
            () => _world.Faults.AddAsync(new YaopaiFault { Target = "welink", Fault = "wrong-iss" }));
        Assert.Contains("strikes at huawei.token", misplaced.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_journal_says_why_a_request_was_refused()
    {
        var code = await _world.SignInAsync(Somebody);
        await _world.Clock.AdvanceAsync(TimeSpan.FromMinutes(6));

        var (_, _, response) = await YaopaiSandboxTests.ExchangeAsync(_world, code);

        var request = await _world.ExplainAsync(response);
        Assert.Equal(("huawei.token", "POST", _world.App.ClientId), (request.Operation, request.Method, request.ClientId));
        Assert.Equal(("CodeExpired", "1101/20155", "caller"), (request.Refusal!.Error, request.Refusal.Number, request.Refusal.Audience));
        Assert.NotEmpty(request.Refusal.Reason!.Text);
        Assert.NotNull(request.AppTime);
        Assert.Equal(400, request.Answer.Status);
        Assert.Contains(request.Parameters, field => field.Name == "code" && field.Value != code.Code); // masked
        var listed = Assert.Single(await _world.RequestsAsync(new YaopaiRequestQuery { Code = "CodeExpired", Operation = "token" }));
        Assert.Equal(request.Id, listed.Id);
        Assert.Empty(await _world.RequestsAsync(new YaopaiRequestQuery { Status = 200 }));
    }

    [Fact]
    public async Task The_journal_names_what_was_expected_and_the_nearest()
    {
        using var response = await fixture.Platform.Http.GetAsync(
            $"/huawei/oauth2/v3/authorize?client_id={_world.App.ClientId}&response_type=code&redirect_uri=https://demo.example/callbac");

        var reason = (await _world.ExplainAsync(response)).Refusal!.Reason!;

        Assert.Equal(("https://demo.example/callbac", "https://demo.example/callback"), (reason.Actual, reason.Nearest));
        Assert.Equal(28, reason.FirstDifference!.At);
    }

    [Fact]
    public async Task What_was_not_refused_has_no_explanation()
    {
        var answer = await fixture.Platform.Http.GetAsync("/readyz");

        await Assert.ThrowsAsync<YaopaiException>(() => _world.ExplainAsync(answer));
        var unknown = await Assert.ThrowsAsync<YaopaiException>(() => _world.ExplainAsync("no/such?id"));
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
    }

    [Fact]
    public async Task Coverage_counts_what_its_apps_met()
    {
        var code = await _world.SignInAsync(Somebody);
        await YaopaiSandboxTests.ExchangeAsync(_world, code);
        await YaopaiSandboxTests.ExchangeAsync(_world, code);

        var coverage = await _world.CoverageAsync();
        var token = Assert.Single(coverage.Operations);
        Assert.Equal((1, "huawei.token", 2), (coverage.Met, token.Operation, token.Calls));
        Assert.Equal(1, token.Errors.Single(error => error.Name == "CodeUsed").Count);
        Assert.Equal(coverage.Documented - 1, coverage.Missing.Count());
        Assert.Contains("huawei.token 1101/20155 CodeExpired", coverage.Missing);

        var all = await _world.CoverageAsync(new YaopaiCoverageQuery { AllOperations = true, Surface = YaopaiSurface.WeLink });
        Assert.True(all.Operations.Count > 50);
        Assert.Equal(0, all.Met);
        var xml = XDocument.Parse(await _world.CoverageAsJUnitAsync(new YaopaiCoverageQuery { Operation = "huawei.token" }));
        Assert.Equal(token.Documented, xml.Descendants("testcase").Count());
    }

    [Fact]
    public async Task A_sign_in_takes_what_a_browser_would_bring()
    {
        var code = await _world.SignInAsync(Somebody, new YaopaiSignIn
        {
            App = _world.Apps[1],
            Scope = "openid",
            RedirectUri = _world.Apps[1].RedirectUri,
            State = "s1",
            Nonce = "n1",
        });

        Assert.StartsWith("https://sibling.example/callback?code=", code.RedirectTo, StringComparison.Ordinal);
        Assert.EndsWith("&state=s1", code.RedirectTo, StringComparison.Ordinal);
        var locked = await Assert.ThrowsAsync<YaopaiException>(() => _world.SignInAsync(_world.User("locked")));
        Assert.NotNull(locked.Status);
    }

    [Theory]
    [InlineData(YaopaiSurface.Huawei)]
    [InlineData(YaopaiSurface.Open)]
    [InlineData(YaopaiSurface.Identity)]
    [InlineData(YaopaiSurface.WeLink)]
    public async Task Tokens_are_to_be_had_at_each_surface_of_a_person_and_of_the_app(string surface)
    {
        Assert.NotEmpty((await _world.TokensAsync(Somebody, surface)).AccessToken);
        Assert.NotEmpty((await _world.TokensAsync(user: null, surface)).AccessToken);
    }

    [Fact]
    public async Task A_person_takes_back_what_they_allowed()
    {
        var code = await _world.SignInAsync(Somebody);

        Assert.True(await _world.WithdrawAsync(Somebody));

        Assert.Equal("1101/20158", (await YaopaiSandboxTests.ExchangeAsync(_world, code)).Number);
        Assert.False(await _world.WithdrawAsync(_world.User("russia")));
    }

    [Fact]
    public async Task Its_end_removes_it_and_may_come_twice()
    {
        var gone = await fixture.Platform.CreateWorldAsync();

        await gone.DisposeAsync();
        await gone.DisposeAsync();

        var unknown = await Assert.ThrowsAsync<YaopaiException>(
            () => fixture.Platform.CallAsync(HttpMethod.Get, $"/sandbox/worlds/{gone.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
    }

    public async ValueTask InitializeAsync() => _world = await fixture.Platform.CreateWorldAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static async Task<(string? AccessToken, string? Number, HttpResponseMessage Response)> ExchangeAsync(YaopaiWorld world) =>
        await YaopaiSandboxTests.ExchangeAsync(world, await world.SignInAsync(world.User("mainland")));

    public sealed class OnePlatform : IAsyncLifetime
    {
        public YaopaiSandbox Platform { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Platform = await YaopaiSandbox.StartAsync();

        public ValueTask DisposeAsync() => Platform.DisposeAsync();
    }
}
