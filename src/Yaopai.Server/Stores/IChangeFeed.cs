namespace Yaopai.Server.Stores;

internal enum ChangeKind
{
    App = 1,
    Developer = 2,
    AccountGroup = 3,
    Account = 4,
    Tenant = 5,

    /// <summary>Where an app is at home, or who subscribed it. The id is the app's.</summary>
    Tenancy = 6,
}

/// <summary>Something that nodes may have cached was changed.</summary>
internal readonly record struct Change(ChangeKind Kind, long Id);

/// <summary>A change as it stands in the feed.</summary>
/// <param name="Number">Counts the changes of the same thing, also of those within one instant.</param>
internal readonly record struct RecordedChange(Change Change, DateTimeOffset RecordedAt, long Number);

/// <summary>Obeys the changes that other nodes wrote. Told at least once, possibly often, and never from two threads at once.</summary>
internal interface IChangeListener
{
    void OnChanged(Change change);
}

/// <summary>Changes of what nodes cache, written in the same transaction as the change itself.</summary>
internal interface IChangeFeed
{
    /// <summary>Changes recorded at or after the instant (wall clock of the node that wrote them).</summary>
    Task<IReadOnlyList<RecordedChange>> SinceAsync(DateTimeOffset recordedAt, CancellationToken ct);
}
