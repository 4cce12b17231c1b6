using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.Consents;

/// <summary>What came of a person's step.</summary>
internal enum DeviceStep
{
    Done,

    /// <summary>The user code was not opened in time, or the device code has expired.</summary>
    Over,

    /// <summary>Scanned by somebody else, not scanned at all, or answered already.</summary>
    NotYours,
}

/// <summary>The way of a device to its tokens: it asks, a person scans and answers elsewhere, it polls and takes.</summary>
internal sealed class DeviceAuthorizations(
    IDeviceAuthorizationStore store, CredentialSealer sealer, IAppClock clock, TimeProvider time)
{
    /// <summary>How much longer than its device code a row is kept: clocks of nodes differ, and the sandbox moves them.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    /// <returns>The sealed device code, and what the person has to do for it.</returns>
    public async Task<(string DeviceCode, DeviceAuthorization Device)> BeginAsync(
        CredentialProfile profile, long appId, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        var lifetimes = profile.Lifetimes;
        var now = clock.NowFor(appId);
        while (true)
        {
            var device = new DeviceAuthorization(
                appId, Randomness.NewGuidAt(time.GetUtcNow()), UserCode.New(), scopes, DeviceState.Waiting, AccountId: null, PhoneId: null,
                CreatedAt: now, ScanUntil: now + lifetimes.UserCode, ExpiresAt: now + lifetimes.DeviceCode,
                ConfirmedAt: null, Polls: 0);

            // Of a million devices that wait, one code in 25,600 is somebody's already.
            if (await store.TryAddAsync(device, time.GetUtcNow() + lifetimes.DeviceCode + s_margin, ct))
                return (Seal(profile, device), device);
        }
    }

    /// <summary>What waits under a user code as a person types it, or was answered a moment ago; null when it is unknown or over.</summary>
    /// <remarks>A caller that may try codes here may guess them: for requests from outside there is <c>UserCodeLookup</c>.</remarks>
    public async Task<DeviceAuthorization?> FindAsync(string userCode, CancellationToken ct) =>
        UserCode.TryRead(userCode, out var code) && await store.FindAsync(code, ct) is { } device && !IsOver(device) ? device : null;

    /// <summary>The person, signed in, opened the page. Opening it again is no other step.</summary>
    public Task<DeviceStep> ScanAsync(DeviceAuthorization device, long accountId, CancellationToken ct) =>
        StepAsync(device, () => store.TryScanAsync(device, accountId, ct));

    /// <param name="phoneId">The phone number to share; null for none.</param>
    /// <param name="askedForPhone">Whether the person was asked for one.</param>
    /// <param name="validSince">By <see cref="HybridClock"/>, before it was looked at who the person is.</param>
    public async Task<DeviceStep> ConfirmAsync(
        DeviceAuthorization device, long accountId, long? phoneId, bool askedForPhone, DateTimeOffset validSince, CancellationToken ct)
    {
        var now = clock.NowFor(device.AppId);
        var consent = new Consent(accountId, device.AppId, device.Scopes, phoneId, now) { AskedForPhone = askedForPhone };
        return await StepAsync(device, () => store.TryConfirmAsync(device, consent, validSince, ct));
    }

    public Task<DeviceStep> DenyAsync(DeviceAuthorization device, long accountId, CancellationToken ct) =>
        StepAsync(device, () => store.TryDenyAsync(device, accountId, ct));

    /// <summary>The device asks once more; null when its row is gone.</summary>
    public Task<DeviceAuthorization?> PollAsync(Credential deviceCode, CancellationToken ct) =>
        store.PollAsync(deviceCode.AppId, deviceCode.GrantId, clock.NowFor(deviceCode.AppId), ct);

    /// <summary>What the person granted, in the place of the device code that knew of no person.</summary>
    public static Credential Grant(Credential deviceCode, DeviceAuthorization confirmed) => deviceCode with
    {
        AccountId = confirmed.AccountId!.Value,
        PhoneId = confirmed.PhoneId,
        ValidSince = confirmed.ConfirmedAt!.Value, // what was withdrawn before the person confirmed does not count
    };

    /// <summary>Takes the tokens' turn, durably. False when another poll was first, on any node.</summary>
    public Task<bool> TryTakeAsync(DeviceAuthorization device, CancellationToken ct) => store.TryTakeAsync(device, ct);

    private string Seal(CredentialProfile profile, DeviceAuthorization device) => sealer.Seal(new Credential(
        CredentialKind.DeviceCode, device.AppId, AccountId: 0, device.Id, time.GetUtcNow(), device.CreatedAt, device.ExpiresAt,
        string.Join(' ', device.Scopes), PhoneId: null)
    { Profile = profile });

    private async Task<DeviceStep> StepAsync(DeviceAuthorization device, Func<Task<bool>> tryStep)
    {
        if (IsOver(device))
            return DeviceStep.Over;

        return await tryStep() ? DeviceStep.Done : DeviceStep.NotYours;
    }

    private bool IsOver(DeviceAuthorization device) => device.IsOverAt(clock.NowFor(device.AppId));
}
