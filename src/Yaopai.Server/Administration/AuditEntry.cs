namespace Yaopai.Server.Administration;

/// <summary>What became of something that was begun.</summary>
internal enum AuditOutcome
{
    Done = 1,

    /// <summary>Nobody knows: the program or its database went away in the middle of it.</summary>
    Unknown = 2,
}

/// <summary>Something that somebody is about to change.</summary>
/// <param name="Action">What is done, as people write it: <c>app.change</c>.</param>
/// <param name="ObjectKind">Of what it is done to: <c>app</c>.</param>
/// <param name="ObjectId">Empty for what has no id yet.</param>
internal sealed record AuditIntent(Guid Id, DateTimeOffset BegunAt, Actor Actor, string Action, string ObjectKind, string ObjectId);

/// <summary>What the log says of it.</summary>
/// <param name="Before">The object before, as JSON without secrets; null for what was not there, and where nothing is known of it.</param>
/// <param name="After">The same after.</param>
internal sealed record AuditRecord(
    DateTimeOffset At, Actor Actor, string Action, string ObjectKind, string ObjectId, AuditOutcome Outcome, string? Before, string? After);

/// <summary>A link of the chain.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="PreviousHash">The hash of the entry before; zeros before the first.</param>
/// <param name="Hash">Of <paramref name="PreviousHash"/> and all that the entry says.</param>
internal sealed record AuditEntry(long Sequence, AuditRecord Record, byte[] PreviousHash, byte[] Hash)
{
    /// <summary>The link that follows the chain's end.</summary>
    public static AuditEntry After(AuditHead head, AuditRecord record) =>
        new(head.Sequence + 1, record, head.Hash, AuditChain.HashOf(head.Sequence + 1, record, head.Hash));
}

/// <summary>Where the chain ends.</summary>
internal sealed record AuditHead(long Sequence, byte[] Hash)
{
    public static AuditHead Empty { get; } = new(0, new byte[AuditChain.HashLength]);
}
