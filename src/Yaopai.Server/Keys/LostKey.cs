namespace Yaopai.Server.Keys;

/// <summary>A key whose row the master key does not open: it was damaged, or wrapped by another master key.</summary>
internal sealed record LostKey(KeyKind Kind, string Slot, DateTimeOffset ValidFrom, string? Id);
