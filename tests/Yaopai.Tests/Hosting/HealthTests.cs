using Npgsql;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Hosting;

public sealed class HealthTests
{
    [Fact]
    public async Task F7_F8_a_node_whose_file_is_gone_is_not_ready_until_it_is_back()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine);
        Assert.Equal((200, "ready\n"), await ReadyAsync(server));

        File.Move(engine.Path, $"{engine.Path}.away");
        await IsAsync(server, (503, "not ready: the database takes no writes\n"));
        Assert.Contains(server.Log.Lines, line => line.Contains("was deleted or replaced", StringComparison.Ordinal));

        File.Move($"{engine.Path}.away", engine.Path);
        await IsAsync(server, (200, "ready\n"));
    }

    [Fact]
    public async Task F7_a_node_whose_PostgreSQL_became_read_only_is_not_ready_until_it_takes_writes_again()
    {
        await using var engine = new OnPostgres();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine);
        var database = new NpgsqlConnectionStringBuilder(engine.Location["postgres:".Length..]).Database;

        await SetAsync($"ALTER DATABASE {database} SET default_transaction_read_only = on");
        await IsAsync(server, (503, "not ready: the database takes no writes\n"));

        await SetAsync($"ALTER DATABASE {database} RESET default_transaction_read_only");
        await IsAsync(server, (200, "ready\n"));

        // Sessions keep what they began with, so all of them begin anew.
        async Task SetAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(
                $"{engine.Location["postgres:".Length..]};Pooling=false;Options=-c default_transaction_read_only=off");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(
                $"{sql}; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}' AND pid <> pg_backend_pid()",
                connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static Task IsAsync(TestServer server, (int, string) expected) =>
        Eventually.HoldsAsync(async () => await ReadyAsync(server) == expected);

    private static async Task<(int Status, string Text)> ReadyAsync(TestServer server)
    {
        var response = await server.Http.GetAsync("/readyz");
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
