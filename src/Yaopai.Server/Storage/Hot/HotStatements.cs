namespace Yaopai.Server.Storage.Hot;

/// <summary>The statements of the hot path. A new one is a file beside this and two lines here.</summary>
internal static class HotStatements
{
    public static readonly FindGrant FindGrant = new();
    public static readonly UseCode UseCode = new();
    public static readonly AdvanceCallId AdvanceCallId = new();
    public static readonly AddRevocation AddRevocation = new();
    public static readonly IncrementHash IncrementHash = new();

    public static IReadOnlyList<HotStatement> All { get; } = [FindGrant, UseCode, AdvanceCallId, AddRevocation, IncrementHash];
}
