using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.OperatorErrors.AdminApi;

namespace Yaopai.Tests.Admin.Api;

/// <summary>Who is let in.</summary>
public sealed class AccessTests(AdminApiFixture fixture) : IClassFixture<AdminApiFixture>
{
    private AdminKeyAdministration Keys => fixture.Server.Get<AdminKeyAdministration>();

    [Theory]
    [InlineData("/apps")]
    [InlineData("/nowhere")]
    [InlineData("/apps/1/../../..")]
    public async Task Without_a_key_nothing_is_said_of_what_there_is(string path)
    {
        using var response = await new AdminCaller(fixture.Server.Http, key: null).SendAsync("GET", path);
        if (response.StatusCode is not HttpStatusCode.NotFound) // the client takes the dots away
            await AdminCaller.RefusedAsync(E.KeyMissing, response);

        Assert.Equal("Bearer realm=\"admin\"", (await new AdminCaller(fixture.Server.Http, null).SendAsync("GET", "/apps"))
            .Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task What_is_no_key_and_what_is_one_no_longer_are_refused_alike()
    {
        var (key, text) = await AdminCaller.NewKeyAsync(fixture.Server, AdminRole.Owner);
        var (revoked, revokedText) = await AdminCaller.NewKeyAsync(fixture.Server, AdminRole.Owner);
        await Keys.RevokeAsync(AdminCaller.Tester, revoked.Id, default);
        string[] wrong =
        [
            "nonsense", text[..^1], text + "0", text.ToUpperInvariant(), text[..^1] + (text[^1] is '0' ? '1' : '0'),
            AdminKeyText.Write(key.Id + 1, text[^64..]), AdminKeyText.Write(key.Id, AdminKeyText.NewSecret()), revokedText,
            new string('a', 10_000),
        ];

        var problems = new List<string>();
        foreach (var shown in wrong)
        {
            var problem = await new AdminCaller(fixture.Server.Http, shown).RefusedAsync(E.KeyRefused, "GET", "/apps");
            problems.Add(problem.GetProperty("detail").GetString()!);
            Assert.DoesNotContain(shown, problem.ToString(), StringComparison.Ordinal);
        }

        Assert.Single(problems.Distinct());
        await new AdminCaller(fixture.Server.Http, text).GetAsync("/apps?limit=1");
    }

    [Fact]
    public async Task A_key_ends_with_its_expiry_and_a_rotated_secret_with_its_overlap()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await TestServer.StartWithAsync(engine, services => services.AddSingleton<TimeProvider>(time));
        var keys = server.Get<AdminKeyAdministration>();
        var (key, first) = await AdminCaller.NewKeyAsync(server, AdminRole.Owner, time.GetUtcNow().AddDays(2));
        var (_, second) = await keys.RotateAsync(AdminCaller.Tester, key.Id, TimeSpan.FromHours(1), expiresAt: null, default);

        await new AdminCaller(server.Http, first).GetAsync("/apps?limit=1");
        await new AdminCaller(server.Http, second).GetAsync("/apps?limit=1");
        time.Advance(TimeSpan.FromHours(1));
        await new AdminCaller(server.Http, first).RefusedAsync(E.KeyRefused, "GET", "/apps");
        await new AdminCaller(server.Http, second).GetAsync("/apps?limit=1");
        time.Advance(TimeSpan.FromHours(47));
        await new AdminCaller(server.Http, second).RefusedAsync(E.KeyRefused, "GET", "/apps");
    }

    [Fact]
    public async Task A_rotation_without_overlap_and_a_revocation_hold_with_the_next_request()
    {
        var (key, first) = await AdminCaller.NewKeyAsync(fixture.Server, AdminRole.Owner);
        var (_, second) = await Keys.RotateAsync(AdminCaller.Tester, key.Id, TimeSpan.Zero, expiresAt: null, default);

        await new AdminCaller(fixture.Server.Http, first).RefusedAsync(E.KeyRefused, "GET", "/apps");
        await new AdminCaller(fixture.Server.Http, second).GetAsync("/apps?limit=1");
        await Keys.RevokeAsync(AdminCaller.Tester, key.Id, default);
        await new AdminCaller(fixture.Server.Http, second).RefusedAsync(E.KeyRefused, "GET", "/apps");
    }

    [Fact]
    public async Task A_use_is_noted_with_its_address()
    {
        var (key, text) = await AdminCaller.NewKeyAsync(fixture.Server, AdminRole.Auditor);
        await new AdminCaller(fixture.Server.Http, text).GetAsync("/apps?limit=1");

        var shown = await fixture.Owner.GetAsync($"/admin-keys/{AdminKeyText.Id(key.Id)}");

        Assert.Equal("127.0.0.1", shown.GetProperty("last_address").GetString());
        Assert.NotNull(shown.GetProperty("last_used_at").GetString());
    }

    [Fact]
    public async Task Who_tries_many_keys_is_made_to_wait_whatever_comes_then()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(
            engine, ("Admin:FailuresPerAddress", "3"), ("Gateway:Proxies:0", "127.0.0.1/32"));
        var owner = await AdminCaller.OfAsync(server, AdminRole.Owner);
        server.ForwardedFor = "192.0.2.1";
        for (var i = 0; i < 3; i++)
            await new AdminCaller(server.Http, $"wrong {i}").RefusedAsync(E.KeyRefused, "GET", "/apps");

        using var response = await owner.SendAsync("GET", "/apps");
        await AdminCaller.RefusedAsync(E.AttemptsExceeded, response);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15));
        server.ForwardedFor = "192.0.2.2";
        await owner.GetAsync("/apps?limit=1");
    }

    [Fact]
    public async Task Only_the_named_networks_are_let_in()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(
            engine, ("Admin:AllowedNetworks:0", "10.0.0.0/8"), ("Gateway:Proxies:0", "127.0.0.1/32"));
        var owner = await AdminCaller.OfAsync(server, AdminRole.Owner);

        await owner.RefusedAsync(E.NetworkRefused, "GET", "/apps");
        server.ForwardedFor = "10.1.2.3";
        await owner.GetAsync("/apps?limit=1");
    }

    [Fact]
    public async Task At_another_port_than_the_one_that_is_set_there_is_no_admin_API()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine, ("Admin:Port", "1"));
        var owner = await AdminCaller.OfAsync(server, AdminRole.Owner);

        await owner.RefusedAsync(E.AddressUnknown, "GET", "/apps");
        await owner.RefusedAsync(E.AddressUnknown, "GET", "/admin/openapi.json");
    }

    [Fact]
    public async Task The_key_of_the_sandbox_opens_nothing_here_and_an_admin_key_not_the_sandbox()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(
            engine, ("environment", "Production"), ("Sandbox:Enabled", "true"), ("Admin:Key", "0123456789abcdef"));

        await new AdminCaller(server.Http, "0123456789abcdef").RefusedAsync(E.KeyRefused, "GET", "/apps");
        var owner = await AdminCaller.OfAsync(server, AdminRole.Owner);
        using var response = await owner.SendAsync("GET", "/sandbox");
        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
    }
}
