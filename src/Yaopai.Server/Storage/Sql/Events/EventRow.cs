using Yaopai.Server.Apps;
using Yaopai.Server.Events;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Events;

internal sealed class EventRow
{
    public long AppId { get; init; }
    public byte[] Id { get; init; } = [];
    public long AccountId { get; init; }
    public long Kind { get; init; }
    public string Scopes { get; init; } = "";
    public long? TenantId { get; init; }
    public string? Subjects { get; init; }
    public long OccurredAt { get; init; }
    public long CreatedAt { get; init; }
    public long Tries { get; init; }
    public long NextTryAt { get; init; }
    public long? GiveUpAt { get; init; }
    public long LeaseUntil { get; init; }
    public string? LastAnswer { get; init; }
    public long? DeliveredAt { get; init; }
    public long? DeadAt { get; init; }

    public LeasedEvent ToLeased() => new(ToEvent(), (int)Tries, Instants.FromMilliseconds(GiveUpAt!.Value));

    /// <param name="now">Of the wall clock.</param>
    public StoredEvent ToStored(DateTimeOffset now) => new(
        ToEvent(),
        DeliveredAt is not null ? EventState.Delivered
            : DeadAt is not null ? EventState.Dead
            : LeaseUntil > now.ToMilliseconds() ? EventState.Leased
            : EventState.Waiting,
        (int)Tries,
        LastAnswer,
        Instants.FromMilliseconds(CreatedAt),
        Instants.FromMilliseconds(NextTryAt is 0 ? CreatedAt : NextTryAt),
        Instants.FromMilliseconds(DeliveredAt ?? DeadAt));

    private SecurityEvent ToEvent() => new(
        AppId, new Guid(Id, bigEndian: true), AccountId, (SecurityEventKind)Kind, Json.Strings(Scopes),
        Instants.FromMilliseconds(OccurredAt))
    {
        TenantId = TenantId,
        Subjects = Subjects is null ? [] : Json.Strings(Subjects),
    };
}
