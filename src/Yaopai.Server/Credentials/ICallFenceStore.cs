namespace Yaopai.Server.Credentials;

/// <summary>For each app: up to which date signed calls may have been taken that no row tells of (decision 20).</summary>
internal interface ICallFenceStore
{
    /// <summary>Whether no other server uses the database, so that what one remembers need not be written for others.
    /// It ends as soon as another server comes, which reads the fences only after that.</summary>
    bool IsAlone { get; }

    /// <param name="from">The first of the ids that calls of now may have; <paramref name="to"/> is beyond the last.</param>
    Task<CallFence> FindAsync(long appId, Guid from, Guid to, CancellationToken ct);

    /// <summary>Durable when it ends. A fence that is further ahead stays.</summary>
    Task RaiseAsync(long appId, DateTimeOffset until, CancellationToken ct);

    /// <summary>Where the calls behind a fence have rows by now.</summary>
    Task LowerAsync(long appId, DateTimeOffset until, CancellationToken ct);
}

/// <param name="Until">The date; <see cref="DateTimeOffset.MinValue"/> where there never was one.</param>
/// <param name="HasRows">Whether calls of the app have rows.</param>
internal readonly record struct CallFence(DateTimeOffset Until, bool HasRows);
