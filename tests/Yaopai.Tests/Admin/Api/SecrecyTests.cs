namespace Yaopai.Tests.Admin.Api;

/// <summary>A secret is in the answer that makes it, and nowhere else.</summary>
public sealed class SecrecyTests(AdminApiFixture fixture) : IClassFixture<AdminApiFixture>
{
    private readonly AdminCaller _owner = fixture.Owner;

    [Fact]
    public async Task No_secret_is_in_a_later_answer_the_audit_log_the_database_or_the_log()
    {
        var secrets = new List<string>();
        var app = await _owner.NewAppAsync();
        var path = $"/apps/{app.GetProperty("client_id").GetString()}";
        secrets.Add(app.GetProperty("client_secret").GetString()!);
        secrets.Add((await _owner.AskAsync("POST", $"{path}/secret")).GetProperty("client_secret").GetString()!);
        var key = await _owner.AskAsync("POST", "/admin-keys", new { name = $"{Guid.NewGuid():n}", role = "owner" });
        var keyPath = $"/admin-keys/{key.GetProperty("id").GetString()}";
        secrets.Add(key.GetProperty("key").GetString()![^64..]);
        secrets.Add((await _owner.AskAsync("POST", $"{keyPath}/rotate")).GetProperty("key").GetString()![^64..]);
        secrets.Add(_owner.Key![^64..]);
        var user = await _owner.AskAsync("POST", "/users", new { name = $"u{Guid.NewGuid():n}", region = "CN" });
        var userPath = $"/users/{user.GetProperty("id")}";
        secrets.Add(user.GetProperty("password").GetString()!);
        secrets.Add((await _owner.AskAsync("POST", $"{userPath}/password")).GetProperty("password").GetString()!);
        secrets.Add("chosen by hand 42");
        await _owner.AskAsync("POST", $"{userPath}/password", new { password = secrets[^1] });

        var said = new List<string>();
        foreach (var shown in new[] { path, keyPath, "/apps", "/admin-keys", "/audit?limit=500", "/keys", userPath, "/users?limit=500" })
            said.Add((await _owner.GetAsync(shown)).ToString());
        said.Add((await _owner.PatchAsync(path, new { name = "Other" })).ToString());
        said.Add((await _owner.AskAsync("POST", $"{path}/disable")).ToString());
        said.Add((await _owner.AskAsync("POST", $"{keyPath}/revoke")).ToString());
        said.AddRange((await new Server.Storage.Sql.Administration.SqlAuditStore(fixture.Engine.Database).ReadAsync(0, 1000, default))
            .Select(entry => $"{entry.Record.Before} {entry.Record.After}"));
        said.AddRange(fixture.Server.Log.Lines);

        Assert.NotEmpty(fixture.Server.Log.Lines);
        Assert.All(secrets, secret => Assert.All(said, text => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task What_is_wrong_with_a_body_is_said_without_its_values()
    {
        var problem = await (await _owner.SendTextAsync("POST", "/admin-keys", "{\"name\":\"horse battery staple"))
            .Content.ReadAsStringAsync();

        Assert.DoesNotContain("horse", problem, StringComparison.Ordinal);
    }
}
