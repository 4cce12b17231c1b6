namespace Yaopai.Server.Consents;

/// <summary>Devices that wait for consent: the state that every node sees alike. Each step is taken once.</summary>
internal interface IDeviceAuthorizationStore
{
    /// <summary>False when another device has this user code.</summary>
    Task<bool> TryAddAsync(DeviceAuthorization device, DateTimeOffset keepUntil, CancellationToken ct);

    Task<DeviceAuthorization?> FindAsync(string userCode, CancellationToken ct);

    /// <summary>Counts and dates one more poll, and reads what is there now; null when there is nothing.
    /// Of polls at once each sees another before it.</summary>
    Task<DeviceAuthorization?> PollAsync(long appId, Guid id, DateTimeOffset at, CancellationToken ct);

    /// <summary>From waiting to scanned by this person; they may come again.
    /// False when somebody else was first, or it is answered.</summary>
    Task<bool> TryScanAsync(DeviceAuthorization device, long accountId, CancellationToken ct);

    /// <summary>From scanned by this person to confirmed, and stores the consent, in one transaction.
    /// False when it is not theirs, or answered.</summary>
    Task<bool> TryConfirmAsync(DeviceAuthorization device, Consent consent, DateTimeOffset confirmedAt, CancellationToken ct);

    /// <summary>From scanned by this person to denied. False when it is not theirs, or answered.</summary>
    Task<bool> TryDenyAsync(DeviceAuthorization device, long accountId, CancellationToken ct);

    /// <summary>From confirmed to taken, durably. False when another caller was first, on any node.</summary>
    Task<bool> TryTakeAsync(DeviceAuthorization device, CancellationToken ct);
}
