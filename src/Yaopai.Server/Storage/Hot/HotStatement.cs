using Npgsql;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Postgres;
using Yaopai.Server.Storage.Sqlite;

namespace Yaopai.Server.Storage.Hot;

/// <summary>A statement of the hot path in its form for each engine: SQLite keeps it prepared, PostgreSQL runs calls as a group.</summary>
internal abstract class HotStatement
{
    /// <summary>Opens the group in which the calls of this statement wait on PostgreSQL.</summary>
    public abstract IAsyncDisposable OpenGroup(PostgresDatabase database);
}

/// <typeparam name="TRow">What one call is about.</typeparam>
/// <typeparam name="TAnswer">What its caller is told.</typeparam>
internal abstract class HotStatement<TRow, TAnswer> : HotStatement
{
    /// <summary>The form for PostgreSQL: the whole group is one statement and one round trip. Answers each call after that.</summary>
    /// <param name="now">The wall clock of this node.</param>
    /// <returns>True: what goes wrong is thrown, and fails the whole group.</returns>
    public abstract Task<bool> RunAsync(
        NpgsqlDataSource pool, IReadOnlyList<PendingRow<TRow, TAnswer>> group, DateTimeOffset now, CancellationToken ct);

    public sealed override IAsyncDisposable OpenGroup(PostgresDatabase database) => database.OpenGroup(this);
}

/// <summary>A hot statement that changes nothing.</summary>
internal abstract class HotRead<TRow, TAnswer> : HotStatement<TRow, TAnswer>
{
    /// <summary>The form for SQLite, which reads call by call.</summary>
    public abstract Task<TAnswer> ReadAsync(Session session, TRow row);
}

/// <summary>A hot statement that writes.</summary>
internal abstract class HotWrite<TRow, TAnswer> : HotStatement<TRow, TAnswer>
{
    /// <summary>The form for SQLite, whose writer commits it together with what else waits.</summary>
    /// <param name="now">The wall clock of this node.</param>
    public abstract TAnswer Write(SqlitePrepared connection, TRow row, DateTimeOffset now);
}
