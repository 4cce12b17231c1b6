using Yaopai.Server.Consents;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Credentials;

namespace Yaopai.Server.Storage.Sql.Consents;

internal sealed class DeviceRow
{
    public long AppId { get; init; }
    public byte[] DeviceId { get; init; } = [];
    public string UserCode { get; init; } = "";
    public string Scopes { get; init; } = "";
    public long State { get; init; }
    public long? AccountId { get; init; }
    public long? PhoneId { get; init; }
    public long CreatedAt { get; init; }
    public long ScanUntil { get; init; }
    public long ExpiresAt { get; init; }
    public long? ConfirmedAt { get; init; }
    public long Polls { get; init; }
    public long? PolledAt { get; init; }
    public long? PolledBefore { get; init; }
    public long Bucket { get; init; }

    public static DeviceRow Of(DeviceAuthorization device, DateTimeOffset keepUntil) => new()
    {
        AppId = device.AppId,
        DeviceId = RevocationRow.BlobOf(device.Id),
        UserCode = device.UserCode,
        Scopes = Json.Of(device.Scopes),
        State = (long)device.State,
        AccountId = device.AccountId,
        PhoneId = device.PhoneId,
        CreatedAt = device.CreatedAt.ToMilliseconds(),
        ScanUntil = device.ScanUntil.ToMilliseconds(),
        ExpiresAt = device.ExpiresAt.ToMilliseconds(),
        ConfirmedAt = device.ConfirmedAt?.ToMicroseconds(),
        Polls = device.Polls,
        PolledAt = device.PolledAt.ToMilliseconds(),
        PolledBefore = device.PolledBefore.ToMilliseconds(),
        Bucket = Engine.Bucket.Of(keepUntil),
    };

    public DeviceAuthorization ToDevice() => new(
        AppId,
        new Guid(DeviceId, bigEndian: true),
        UserCode,
        Json.Strings(Scopes),
        (DeviceState)State,
        AccountId,
        PhoneId,
        Instants.FromMilliseconds(CreatedAt),
        Instants.FromMilliseconds(ScanUntil),
        Instants.FromMilliseconds(ExpiresAt),
        ConfirmedAt is { } confirmedAt ? Instants.FromMicroseconds(confirmedAt) : null,
        Polls)
    {
        PolledAt = Instants.FromMilliseconds(PolledAt),
        PolledBefore = Instants.FromMilliseconds(PolledBefore),
    };
}
