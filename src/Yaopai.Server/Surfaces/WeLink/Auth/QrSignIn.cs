using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>Signing in by a QR code: the browser that shows it is a device, which a person allows on their phone.</summary>
internal sealed class QrSignIn(
    WeLinkProfile profile, DeviceAuthorizations devices, CredentialReader reader, AccountDirectory accounts, Quotas quotas)
{
    /// <summary>Where the QR code leads: to the page that asks the person, at this host.</summary>
    public static string AddressOf(Call call, DeviceAuthorization device) =>
        $"{call.Address[..^call.Root.Length]}{PagePaths.Device}?{PagePaths.UserCode}={device.UserCode}";

    /// <summary>Each QR code keeps a row, and anybody can ask for one.</summary>
    public bool MayBegin(Call call) => quotas.TryTakeDeviceCode(call.Peer);

    /// <returns>A secret for the browser that shows the QR code, and what waits for the person.</returns>
    public Task<(string Secret, DeviceAuthorization Device)> BeginAsync(App app, IReadOnlyList<string> scopes, CancellationToken ct) =>
        devices.BeginAsync(profile.Credentials, app.Id, scopes, ct);

    /// <summary>What the person answered; null while they have not, and for a secret that is none of the app's, or is over.</summary>
    public async ValueTask<AllowedOnPhone?> FindAsync(App app, string secret, CancellationToken ct)
    {
        if (secret is "" || (await reader.ReadAsync(profile.Credentials, secret, ct)).Credential
            is not { Kind: CredentialKind.DeviceCode } deviceCode || deviceCode.AppId != app.Id
            || await devices.PollAsync(deviceCode, ct) is not { } polled
            || await devices.FindAsync(polled.UserCode, ct) is not { } device || device.Id != deviceCode.GrantId)
            return null;

        if (device.State is DeviceState.Denied)
            return new AllowedOnPhone(device, AccountId: null);

        // Since they allowed it the account may have been locked, or what it allowed taken back.
        return device.State is DeviceState.Confirmed
            && await accounts.FindAsync(device.AccountId!.Value, ct) is { MaySignIn: true } account
            && await reader.GrantHoldsAsync(DeviceAuthorizations.Grant(deviceCode, device), ct)
                ? new AllowedOnPhone(device, account.Id)
                : null;
    }

    public Task<bool> TryTakeAsync(AllowedOnPhone allowed, CancellationToken ct) => devices.TryTakeAsync(allowed.Device, ct);
}

/// <summary>What a person answered on their phone.</summary>
/// <param name="AccountId">Who allowed it; null for a refusal.</param>
internal sealed record AllowedOnPhone(DeviceAuthorization Device, long? AccountId)
{
    public bool IsRefused => AccountId is null;
}
