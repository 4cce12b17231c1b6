using System.Text.Json;
using System.Text.Json.Serialization;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Provisioning;

internal sealed class ItemRow
{
    public long JobId { get; init; }
    public long Ordinal { get; init; }
    public long Subject { get; init; }
    public long Action { get; init; }
    public string ItemKey { get; init; } = "";
    public string Change { get; init; } = "";
    public long CreatedAt { get; init; }
    public long State { get; init; }
    public long Fault { get; init; }
    public long Tries { get; init; }
    public long LeaseUntil { get; init; }

    public static string Of(ItemChange change) => JsonSerializer.Serialize(change, ItemChanges.Default.ItemChange);

    public ItemChange ToChange() => JsonSerializer.Deserialize(Change, ItemChanges.Default.ItemChange)!;

    public LeasedItem ToLeased() => new(JobId, (int)Ordinal, (int)Tries);

    /// <param name="now">Of the wall clock.</param>
    public StoredItem ToStored(DateTimeOffset now) => new(
        JobId, (int)Ordinal, (ItemSubject)Subject, (ItemAction)Action, ItemKey, StateAt(now), (ItemFault)Fault,
        Instants.FromMilliseconds(CreatedAt));

    public ItemState StateAt(DateTimeOffset now) =>
        (ItemState)State is ItemState.Queued && LeaseUntil > now.ToMilliseconds() ? ItemState.Processing : (ItemState)State;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ItemChange))]
internal sealed partial class ItemChanges : JsonSerializerContext;
