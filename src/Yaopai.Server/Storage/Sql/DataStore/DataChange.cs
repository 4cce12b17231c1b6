using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

/// <summary>One write to an app's data, and by how much it changes what the app stores.</summary>
internal sealed class DataChange(Session session, long appId)
{
    public Session Session => session;

    public long AppId => appId;

    public long Objects { get; private set; }

    public long Bytes { get; private set; }

    public void Count(long objects, long bytes)
    {
        Objects += objects;
        Bytes += bytes;
    }

    /// <summary>Runs a DELETE that returns sizes of rows that count as objects.</summary>
    public async Task<int> RemoveAsync(string sql, object parameters)
    {
        var sizes = await session.ListAsync<long>(sql, parameters);
        Count(-sizes.Count, -sizes.Sum());
        return sizes.Count;
    }

    /// <summary>Runs a DELETE that returns sizes of rows that are parts of objects.</summary>
    public async Task RemovePartsAsync(string sql, object parameters) =>
        Count(0, -(await session.ListAsync<long>(sql, parameters)).Sum());
}
