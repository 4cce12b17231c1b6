using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Postgres;

/// <summary>Ways in which PostgreSQL really fails.</summary>
internal static class PostgresFaults
{
    public static Task ProvokeAsync(StorageFault fault, NpgsqlDataSource pool, TimeSpan timeout, CancellationToken ct) => fault switch
    {
        StorageFault.Down => DownAsync(ct),
        StorageFault.Slow => RunAsync(pool, "SELECT pg_sleep($1)", ct, timeout.TotalSeconds * 2),
        StorageFault.Error => RunAsync(pool, "SELECT 1 FROM there_is_no_such_table", ct),
        StorageFault.Conflict => ConflictAsync(pool, ct),
        _ => throw new UnreachableException(),
    };

    private static async Task DownAsync(CancellationToken ct)
    {
        // A port that is bound and does not listen refuses everybody, and nobody else can take it.
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var connection = new NpgsqlConnection(
            $"Host=127.0.0.1;Port={((IPEndPoint)closed.LocalEndPoint!).Port};Username=nobody;Pooling=false");
        await connection.OpenAsync(ct);
    }

    private static async Task ConflictAsync(NpgsqlDataSource pool, CancellationToken ct)
    {
        var key = BitConverter.ToInt64(Guid.NewGuid().ToByteArray());
        await using var holder = await pool.OpenConnectionAsync(ct);
        await using var held = await holder.BeginTransactionAsync(ct);
        await RunAsync(holder, "SELECT pg_advisory_xact_lock($1)", ct, key);

        await using var other = await pool.OpenConnectionAsync(ct);
        await using var waits = await other.BeginTransactionAsync(ct);
        await RunAsync(other, "SET LOCAL lock_timeout = '20ms'", ct);
        await RunAsync(other, "SELECT pg_advisory_xact_lock($1)", ct, key);
    }

    private static async Task RunAsync(NpgsqlDataSource pool, string sql, CancellationToken ct, object? value = null)
    {
        await using var connection = await pool.OpenConnectionAsync(ct);
        await RunAsync(connection, sql, ct, value);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct, object? value = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (value is not null)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
