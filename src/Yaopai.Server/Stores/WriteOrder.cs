namespace Yaopai.Server.Stores;

/// <summary>How storage takes writes that nobody waits for.</summary>
/// <param name="IsKept">They are done in the order in which they were begun, and share commits.</param>
internal sealed record WriteOrder(bool IsKept);
