namespace Yaopai.Server.Provisioning;

/// <summary>What came of an item.</summary>
internal readonly record struct ItemResult(ItemState State, ItemFault Fault = ItemFault.None)
{
    /// <summary>Whether nothing more happens to it.</summary>
    public bool IsFinal => State is not (ItemState.Queued or ItemState.Processing or ItemState.Opening);

    public static ItemResult Failed(ItemFault fault) => new(ItemState.Failed, fault);
}
