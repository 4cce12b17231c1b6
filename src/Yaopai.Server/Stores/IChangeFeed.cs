namespace Yaopai.Server.Stores;

internal enum ChangeKind
{
    App = 1,
    Developer = 2,
    AccountGroup = 3,
    Account = 4,
}

/// <summary>Something that nodes may have cached was changed.</summary>
internal readonly record struct Change(ChangeKind Kind, long Id);

/// <summary>Obeys the changes that other nodes wrote. Told at least once, possibly often, and never from two threads at once.</summary>
internal interface IChangeListener
{
    void OnChanged(Change change);
}

/// <summary>Changes of what nodes cache, written in the same transaction as the change itself.</summary>
internal interface IChangeFeed
{
    /// <summary>Changes recorded at or after the instant (wall clock of the node that wrote them), and the latest such instant.</summary>
    Task<(IReadOnlyList<Change> Changes, DateTimeOffset RecordedAt)> SinceAsync(DateTimeOffset recordedAt, CancellationToken ct);
}
