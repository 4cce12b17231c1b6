using System.Net;
using Yaopai.Server.Administration;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Admin.Api;

/// <summary>Two nodes over one PostgreSQL: it does not matter which of them is asked.</summary>
public sealed class NodesTests : IAsyncLifetime
{
    private readonly OnPostgres _engine = new();

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Keys_changes_repeats_and_the_audit_log_are_those_of_the_installation()
    {
        await using var one = await TestServer.StartAsync(_engine);
        await using var other = await TestServer.StartAsync(_engine);
        var owner = await AdminCaller.OfAsync(one, AdminRole.Owner);
        var there = new AdminCaller(other.Http, owner.Key);
        var header = ("Idempotency-Key", "1");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? owner : there).NewDeveloperAsync()));
        var group = await owner.AskAsync("POST", "/groups", new { name = "A" }, header);
        using var repeat = await there.SendAsync("POST", "/groups", new { name = "A" }, header);
        var path = $"/groups/{group.GetProperty("id")}";
        using var read = await there.SendAsync("GET", path);
        var tag = ("If-Match", read.Headers.ETag!.ToString());
        var outcomes = await Task.WhenAll(new[] { owner, there, owner, there }.Select(async (caller, i) =>
        {
            using var response = await caller.SendAsync("PATCH", path, new { name = $"B{i}" }, tag);
            return response.StatusCode;
        }));
        var verdict = await there.GetAsync("/audit/verification");
        await owner.AskAsync("POST", $"/admin-keys/{owner.Key!.Split('_')[1]}/revoke");

        Assert.Equal(HttpStatusCode.Created, repeat.StatusCode);
        Assert.Equal(group.ToString(), (await repeat.Content.ReadAsStringAsync()).TrimEnd('\n'));
        Assert.Single(outcomes, HttpStatusCode.OK);
        Assert.True(verdict.GetProperty("holds").GetBoolean(), verdict.ToString());
        Assert.Equal(23, verdict.GetProperty("checked").GetInt64()); // the key, twenty developers, the group and its change
        await there.RefusedAsync(Yaopai.Errors.OperatorErrors.AdminApi.KeyRefused, "GET", "/groups");
    }
}
