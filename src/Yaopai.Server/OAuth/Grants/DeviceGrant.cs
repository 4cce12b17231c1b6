using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth.Grants;

/// <summary>RFC 8628 §3.4: a device that shows a user code, and polls until its person has answered elsewhere.</summary>
internal class DeviceGrant(Call call, GrantKit kit, SurfaceProfile profile) : TokenRequest(call, kit, profile)
{
    /// <summary>What the device shows.</summary>
    public Credential DeviceCode { get; private set; } = null!;

    public DeviceAuthorization? Device { get; private set; }

    /// <summary>What the person granted, in the place of the device code, which knows of no person.</summary>
    public Credential Granted => DeviceAuthorizations.Grant(DeviceCode, Device!);

    public bool IsOfClient => DeviceCode.AppId == App!.Id;

    public bool IsExpired => DeviceCode.IsExpiredAt(Now);

    public bool IsWithinPolls => Device!.IsWithinPolls(Credentials.Lifetimes.PollInterval);

    public bool IsPolledInTime => Device!.IsPolledInTime(Credentials.Lifetimes.PollInterval);

    public bool IsAnswered => Device!.State is not (DeviceState.Waiting or DeviceState.Scanned);

    public async ValueTask<bool> ReadDeviceCodeAsync() => (DeviceCode = (await ReadAsync("code", CredentialKind.DeviceCode))!) is not null;

    /// <summary>Finds what came of the device code, and counts the poll. False when nothing is kept of it.</summary>
    public async ValueTask<bool> PollAsync() => (Device = await Kit.Devices.PollAsync(DeviceCode, Call.Ct)) is not null;

    public async ValueTask<bool> GrantHoldsAsync() => await Kit.Reader.GrantHoldsAsync(Granted, Call.Ct);

    public ValueTask<bool> IsUntakenAsync() => ValueTask.FromResult(Device!.State is not DeviceState.Taken);

    /// <summary>Takes the tokens' turn.</summary>
    /// <remarks>Polls of one device may overlap, so the loser does not take the winner's tokens with it.</remarks>
    public async ValueTask<bool> TryTakeAsync()
    {
        await PrepareAsync();
        return await Kit.Devices.TryTakeAsync(Device!, Call.Ct);
    }

    public IssuedTokens Issue() => Kit.Issuer.Tokens(
        Credentials, Grant.Of(Granted), IssuedOn(Granted.ValidSince), withRefreshToken: true, secretWasShown: !IsPublicClient);

    public Reason WhyExpired() => new($"the device code expired at {DeviceCode.ExpiresAt:O}; it is {Now:O} for app {App!.Id}")
    {
        Expected = $"before {DeviceCode.ExpiresAt:O}",
        Actual = $"{Now:O}",
    };

    /// <inheritdoc cref="CodeGrant.PrepareAsync"/>
    protected virtual ValueTask PrepareAsync() => default;
}
