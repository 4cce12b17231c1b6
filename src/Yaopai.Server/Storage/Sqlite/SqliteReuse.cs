using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Yaopai.Server.Storage.Sqlite;

/// <summary>A connection as the stores see it, whose statements stay prepared from one use to the next.</summary>
/// <remarks>Preparing costs more than most statements of a store themselves. Whoever has it uses one statement at a time.</remarks>
internal sealed class SqliteReuse(SqliteConnection connection) : DbConnection
{
    /// <summary>Texts that are kept: those with lists in them are many.</summary>
    private const int Most = 500;

    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    public override string Database => connection.Database;

    public override string DataSource => connection.DataSource;

    public override string ServerVersion => connection.ServerVersion;

    public override ConnectionState State => connection.State;

    [AllowNull]
    public override string ConnectionString
    {
        get => connection.ConnectionString;
        set => throw new NotSupportedException();
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Open() => throw new NotSupportedException();

    public override void Close() => throw new NotSupportedException();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new Command(this);

    protected override void Dispose(bool disposing)
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        _prepared.Clear();
        base.Dispose(disposing);
    }

    private SqliteCommand Prepared(string sql)
    {
        if (_prepared.TryGetValue(sql, out var command))
        {
            command.Parameters.Clear();
            return command;
        }

        if (_prepared.Count == Most)
            Dispose(disposing: false);
        command = connection.CreateCommand();
        command.CommandText = sql;
        return _prepared[sql] = command;
    }

    /// <summary>One use of a statement: its text is final, and so known, only when it runs.</summary>
    private sealed class Command(SqliteReuse reuse) : DbCommand
    {
        private readonly SqliteCommand _parameters = new();

        [AllowNull]
        public override string CommandText { get; set; } = "";

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; } = CommandType.Text;

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; } = reuse;

        protected override DbParameterCollection DbParameterCollection => _parameters.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel()
        {
        }

        public override void Prepare()
        {
        }

        public override int ExecuteNonQuery() => Bound().ExecuteNonQuery();

        public override object? ExecuteScalar() => Bound().ExecuteScalar();

        protected override DbParameter CreateDbParameter() => new SqliteParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Bound().ExecuteReader(behavior);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _parameters.Dispose();
            base.Dispose(disposing);
        }

        private SqliteCommand Bound()
        {
            var command = reuse.Prepared(CommandText);
            foreach (SqliteParameter parameter in _parameters.Parameters)
                command.Parameters.Add(parameter);
            return command;
        }
    }
}
