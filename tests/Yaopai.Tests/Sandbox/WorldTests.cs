using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox.Worlds;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Sandbox;

public sealed class WorldTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    private HttpClient Http => Server.Http;

    [Fact]
    public async Task A_world_has_the_demo_apps_people_and_organisations_under_ids_of_its_own()
    {
        var world = await TestWorld.CreateAsync(Server);

        Assert.Equal(
            ["demo", "demo-sibling", "demo-stranger"],
            world.Json.GetProperty("apps").EnumerateArray().Select(app => app.GetProperty("name").GetString()));
        Assert.Equal($"mainland-{world.Id}", world.Name("mainland"));
        Assert.Equal(8, world.Json.GetProperty("users").GetArrayLength());
        Assert.Equal(
            [$"welink-{world.Id}", $"stranger-{world.Id}"],
            world.Json.GetProperty("tenants").EnumerateArray().Select(tenant => tenant.GetProperty("domain").GetString()));
        Assert.Equal(TimeSpan.FromDays(1),
            world.Json.GetProperty("expires_at").GetDateTimeOffset() - world.Json.GetProperty("created_at").GetDateTimeOffset());

        var shown = await Http.GetFromJsonAsync<JsonElement>($"/sandbox/worlds/{world.Id}");
        Assert.Equal(world.Json.ToString(), shown.ToString());
        Assert.Contains(await WorldsAsync(), known => known == world.Id);
    }

    [Fact]
    public async Task Its_people_sign_in_at_its_apps_with_their_password_and_their_number()
    {
        var world = await TestWorld.CreateAsync(Server);
        var tokens = await world.Caller().SignInAsync(world.Name("mainland"), "openid profile phone");
        var info = await (await world.Caller().GetInfoAsync(tokens.Access)).JsonAsync();
        Assert.StartsWith("111******", info.GetProperty("displayName").GetString(), StringComparison.Ordinal);

        var phone = world.Json.GetProperty("users")[0].GetProperty("phone").GetString();
        var signedIn = await Http.PostAsJsonAsync("/sandbox/sign-in", new { user = phone, password = "yaopai-demo" });
        Assert.Equal("signed_in", (await signedIn.JsonAsync()).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Two_apps_of_its_developer_know_a_person_by_one_UnionID_and_the_demo_apps_by_another()
    {
        var world = await TestWorld.CreateAsync(Server);
        var mine = await world.Caller(0).IdentifiersAsync(world.Name("mainland"));
        var sibling = await world.Caller(1).IdentifiersAsync(world.Name("mainland"));
        var stranger = await world.Caller(2).IdentifiersAsync(world.Name("mainland"));

        Assert.Equal(mine.UnionId, sibling.UnionId);
        Assert.NotEqual(mine.UnionId, stranger.UnionId);
        Assert.NotEqual(mine.UnionId, (await new HuaweiCaller(Server).IdentifiersAsync()).UnionId);
    }

    [Fact]
    public async Task Its_first_app_is_in_WeChat_under_accounts_of_its_own()
    {
        var world = await TestWorld.CreateAsync(Server);

        var token = await Http.GetFromJsonAsync<JsonElement>("/sandbox/wechat/cgi-bin/token?grant_type=client_credential"
            + $"&appid=wx{world.App(0).ClientId}official&secret=d3100000000000000000000000000a01");

        Assert.True(token.TryGetProperty("access_token", out _), token.ToString());
    }

    [Fact]
    public async Task Its_clock_is_one_for_its_apps_and_nobody_elses()
    {
        var (world, other) = (await TestWorld.CreateAsync(Server), await TestWorld.CreateAsync(Server));
        var (mine, sibling, others) = (await TokenAsync(world, 0), await TokenAsync(world, 1), await TokenAsync(other, 0));

        Assert.Equal(HttpStatusCode.OK, (await world.MoveAsync("PT61M")).StatusCode);

        await (await world.Caller(0).GetTokenInfoAsync(mine)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenExpired);
        await (await world.Caller(1).GetTokenInfoAsync(sibling)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenExpired);
        await (await other.Caller(0).GetTokenInfoAsync(others)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
        Assert.Equal("PT1H1M", await OffsetAsync(world));
        Assert.Equal("PT0S", await OffsetAsync(other));

        await Http.DeleteAsync("/sandbox/clock");
        Assert.Equal("PT1H1M", await OffsetAsync(world)); // everyone's clock is another
        await Http.DeleteAsync($"/sandbox/clock?world={world.Id}");
        await (await world.Caller(0).GetTokenInfoAsync(mine)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
    }

    [Fact]
    public async Task Everyones_clock_moves_no_world()
    {
        var world = await TestWorld.CreateAsync(Server);
        var token = await TokenAsync(world, 0);
        await Http.PostAsJsonAsync("/sandbox/clock", new { advance = "PT61M" });

        try
        {
            await (await world.Caller().GetTokenInfoAsync(token)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
        }
        finally
        {
            await Http.DeleteAsync("/sandbox/clock");
        }
    }

    [Fact]
    public async Task Its_faults_strike_its_apps_alone_and_go_when_they_are_told_to()
    {
        var (world, other) = (await TestWorld.CreateAsync(Server), await TestWorld.CreateAsync(Server));
        var (mine, sibling, others) = (await TokenAsync(world, 0), await TokenAsync(world, 1), await TokenAsync(other, 0));
        var added = await Http.PostAsJsonAsync(
            "/sandbox/faults", new { target = "huawei.getTokenInfo", error = "NSP_STATUS/500", world = world.Id });
        Assert.Equal(world.Id, (await added.JsonAsync()).GetProperty("world").GetString());

        Assert.Equal("200 NSP_STATUS 500", await (await world.Caller(0).GetTokenInfoAsync(mine)).CodeOfAsync());
        Assert.Equal("200 NSP_STATUS 500", await (await world.Caller(1).GetTokenInfoAsync(sibling)).CodeOfAsync());
        await (await other.Caller().GetTokenInfoAsync(others)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);

        await Http.DeleteAsync("/sandbox/faults"); // those that are in no world
        Assert.Equal("200 NSP_STATUS 500", await (await world.Caller(0).GetTokenInfoAsync(mine)).CodeOfAsync());
        await Http.DeleteAsync($"/sandbox/faults?world={world.Id}");
        await (await world.Caller(0).GetTokenInfoAsync(mine)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
    }

    [Theory]
    [InlineData("/sandbox/clock", """{"advance":"PT1M","world":"nowhere"}""", "world:")]
    [InlineData("/sandbox/clock", """{"advance":"PT1M","world":"nowhere","client_id":100000001}""", "Either")]
    [InlineData("/sandbox/faults", """{"target":"huawei","fault":"exception","world":"nowhere"}""", "world:")]
    public async Task A_world_that_is_none_is_said(string path, string body, string named)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var response = await Http.PostAsync(path, content);

        Assert.InRange((int)response.StatusCode, 400, 404);
        Assert.Contains(named, (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_removed_leaves_nothing_and_works_no_more()
    {
        var before = await CountRowsAsync();
        var world = await TestWorld.CreateAsync(Server);
        var token = (await world.Caller().SignInAsync(world.Name("mainland"))).Access;
        await Http.PostAsJsonAsync("/sandbox/sign-in", new { user = world.Name("mainland") });
        await Http.PostAsJsonAsync("/sandbox/faults", new { target = "huawei", fault = "exception", world = world.Id });

        Assert.Equal(HttpStatusCode.NoContent, (await world.DeleteAsync()).StatusCode);

        Assert.Equal(before, await CountRowsAsync());
        Assert.NotEqual("200  0", await (await world.Caller().GetTokenInfoAsync(token)).CodeOfAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync($"/sandbox/worlds/{world.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await world.DeleteAsync()).StatusCode);
        Assert.Null(await Server.Get<AppDirectory>().FindAsync(world.App(0).ClientId, default));
        Assert.DoesNotContain(world.Id, await (await Http.GetAsync("/sandbox/faults")).Content.ReadAsStringAsync());
        Assert.Null(await Server.Get<WorldDirectory>().AppsOfAsync(world.Id, default));
    }

    [Fact]
    public async Task Forgotten_ones_leave_after_a_day()
    {
        var (forgotten, fresh) = (await TestWorld.CreateAsync(Server), await TestWorld.CreateAsync(Server));
        await fixture.Engine.ExecuteAsync($"UPDATE world SET expires_at = 1 WHERE id = '{forgotten.Id}'");

        await Server.Get<Yaopai.Server.Sandbox.Worlds.Worlds>().RemoveExpiredAsync(default);

        Assert.DoesNotContain(forgotten.Id, await WorldsAsync());
        Assert.Contains(fresh.Id, await WorldsAsync());
        Assert.Null(await Server.Get<IAppStore>().FindAsync(forgotten.App(0).ClientId, default));
        Assert.Null(await Server.Get<IAccountStore>().FindByNameAsync(forgotten.Name("mainland"), default));
        Assert.Null(await Server.Get<ITenantStore>().FindByDomainAsync($"welink-{forgotten.Id}", default));
    }

    [Fact]
    public async Task Another_node_and_a_restart_know_it()
    {
        var world = await TestWorld.CreateAsync(Server);
        await using var other = await TestServer.StartAsync(fixture.Engine);

        var shown = await other.Http.GetFromJsonAsync<JsonElement>($"/sandbox/worlds/{world.Id}");

        Assert.Equal(world.Json.ToString(), shown.ToString());
        Assert.Equal([world.App(0).ClientId, world.App(1).ClientId, world.App(2).ClientId],
            await other.Get<WorldDirectory>().AppsOfAsync(world.Id, default));
    }

    [Fact]
    public async Task It_is_made_and_removed_on_PostgreSQL_too()
    {
        await using var engine = new OnPostgres();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine);

        var world = await TestWorld.CreateAsync(server);
        await world.Caller().SignInAsync(world.Name("mainland"));

        Assert.Equal(HttpStatusCode.NoContent, (await world.DeleteAsync()).StatusCode);
        Assert.Null(await server.Get<IAccountStore>().FindByNameAsync(world.Name("mainland"), default));
    }

    /// <summary>Each suite has a world, moves its clock, forces its faults, and never sees anything of the other's.</summary>
    [Fact]
    public async Task Suites_in_parallel_never_meet()
    {
        var suites = Enumerable.Range(0, 16).Select(number => Task.Run(() => RunSuiteAsync(number % 2 == 0)));
        await Task.WhenAll(suites);
    }

    private async Task RunSuiteAsync(bool movesClock)
    {
        var world = await TestWorld.CreateAsync(Server);
        var caller = world.Caller();
        for (var round = 0; round < 3; round++)
        {
            var tokens = await caller.SignInAsync(world.Name("hongkong"));
            await (await caller.GetTokenInfoAsync(tokens.Access)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
            if (movesClock)
            {
                await world.MoveAsync("PT61M");
                await (await caller.GetTokenInfoAsync(tokens.Access)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenExpired);
            }
            else
            {
                await Http.PostAsJsonAsync(
                    "/sandbox/faults", new { target = "huawei.getTokenInfo", error = "NSP_STATUS/500", world = world.Id, times = 2 });
                for (var time = 0; time < 2; time++)
                    Assert.Equal("200 NSP_STATUS 500", await (await caller.GetTokenInfoAsync(tokens.Access)).CodeOfAsync());
                await (await caller.GetTokenInfoAsync(tokens.Access)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
            }
        }

        await world.DeleteAsync();
    }

    private static Task<string> TokenAsync(TestWorld world, int app) => world.Caller(app).AppTokenAsync();

    private async Task<string?> OffsetAsync(TestWorld world) =>
        (await Http.GetFromJsonAsync<JsonElement>($"/sandbox/clock?world={world.Id}")).GetProperty("offset").GetString();

    private async Task<IReadOnlyList<string?>> WorldsAsync()
    {
        var known = new List<string?>();
        while (true)
        {
            var page = (await Http.GetFromJsonAsync<JsonElement>($"/sandbox/worlds?after={known.LastOrDefault()}"))
                .GetProperty("worlds").EnumerateArray().Select(one => one.GetProperty("id").GetString()).ToArray();
            known.AddRange(page);
            if (page.Length == 0)
                return known;
        }
    }

    /// <summary>Of every table, but for those that say what was.</summary>
    private async Task<IReadOnlyList<string>> CountRowsAsync()
    {
        var counts = new List<string>();
        foreach (var table in await ListAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        {
            if (table is not ("revocation" or "change_feed" or "sign_in_failure" or "sqlite_sequence"))
                counts.Add($"{table} {(await ListAsync<long>($"SELECT COUNT(*) FROM {table}"))[0]}");
        }

        return counts;
    }

    private Task<IReadOnlyList<T>> ListAsync<T>(string sql) =>
        fixture.Engine.Database.ReadAsync(session => session.ListAsync<T>(sql), default);
}
