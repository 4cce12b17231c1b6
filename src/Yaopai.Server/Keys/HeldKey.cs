namespace Yaopai.Server.Keys;

/// <summary>A key in memory, and when it serves.</summary>
internal sealed record HeldKey<T>(KeySlot Slot, DateTimeOffset ValidFrom, T Key);
