namespace Yaopai.Server.Sandbox.Snapshots;

/// <summary>What a snapshot keeps beside the copy of the database, and how it is written down.</summary>
/// <param name="TakenAt">What is issued after it is void once it is restored.</param>
internal sealed record Snapshot(
    string Name, DateTimeOffset TakenAt, TimeSpan Clock, IReadOnlyList<AppOffset> Apps, IReadOnlyList<FaultRequest> Faults);

/// <param name="OfWorld">Whether it stays when everyone's clock moves.</param>
internal sealed record AppOffset(long ClientId, TimeSpan Offset, bool OfWorld);
