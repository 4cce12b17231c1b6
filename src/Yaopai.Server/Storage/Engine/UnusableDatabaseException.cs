namespace Yaopai.Server.Storage.Engine;

/// <summary>Why a database cannot be used as it is.</summary>
internal enum DatabaseFault
{
    /// <summary>It was made by a newer program.</summary>
    SchemaNewer,

    /// <summary>Nothing can be written to it.</summary>
    ReadOnly,

    /// <summary>What stands before it gives each transaction another session.</summary>
    SessionsShared,
}

/// <summary>The database cannot be used as it is: waiting will not mend it.</summary>
internal sealed class UnusableDatabaseException(DatabaseFault fault, string message) : Exception(message)
{
    public DatabaseFault Fault => fault;
}
