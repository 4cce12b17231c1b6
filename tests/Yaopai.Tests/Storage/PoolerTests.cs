using Npgsql;
using Yaopai.Server.Storage;
using Yaopai.Server.Storage.Postgres;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Storage;

public sealed class PoolerTests
{
    [Fact]
    public async Task F6_FC_41_a_server_behind_a_pooler_that_shares_sessions_serves_when_nothing_stays_prepared()
    {
        var server = await PostgresServer.SharedAsync();
        using var pooler = await Pooler.StartAsync(server);
        await using var engine = new OnPostgres();
        await engine.InitializeAsync();
        var behind = pooler.Before(engine.Location["postgres:".Length..]);
        await using var node = await ServerProcess.StartAsync(engine, ("YAOPAI_DATABASE", $"postgres:{behind};Max Auto Prepare=0"));

        var codes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => node.CodeAsync()));
        var answers = await Task.WhenAll(codes.Select(code => node.Http.PostAsync("/huawei/oauth2/v3/token", HuaweiCaller.Form(
        [
            ("grant_type", "authorization_code"), ("code", code), ("client_id", "100000001"),
            ("client_secret", "d3100000000000000000000000000000000000000000000000000000000000d1"),
        ]))));

        Assert.All(answers, answer => Assert.Equal(200, (int)answer.StatusCode));
    }

    [Theory]
    [InlineData("Host=a;Database=d", 64, null)]
    [InlineData("Host=a;Database=d;Max Auto Prepare=0", 0, null)]
    [InlineData("Host=a;Database=d;MaxAutoPrepare=7", 7, null)]
    [InlineData("Host=a,b;Database=d", 64, "primary")]
    [InlineData("Host=a,b;Database=d;Target Session Attributes=read-write", 64, "read-write")]
    public void F6_what_the_connection_string_says_counts(string location, int prepared, string? attributes)
    {
        var options = new StorageOptions { Database = $"postgres:{location}" };
        var settings = new NpgsqlConnectionStringBuilder(PostgresSettings.ForPool(options));

        Assert.Equal(prepared, settings.MaxAutoPrepare);
        Assert.Equal(attributes, settings.TargetSessionAttributes);
    }

    [Fact]
    public async Task A_server_finds_the_one_of_several_hosts_that_is_there()
    {
        await using var engine = new OnPostgres();
        await engine.InitializeAsync();
        var there = new NpgsqlConnectionStringBuilder(engine.Location["postgres:".Length..]);
        there.Host = $"127.0.0.1:1,{there.Host}:{there.Port}";
        await using var node = await new Node($"postgres:{there}").StartAsync();

        await node.Feed.Ready.WaitAsync(TimeSpan.FromMinutes(1));
    }
}
