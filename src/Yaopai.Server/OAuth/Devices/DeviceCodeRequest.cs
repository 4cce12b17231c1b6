using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth.Devices;

/// <summary>RFC 8628 §3.1: a device without a keyboard asks for a code to poll with, and one for its person.</summary>
/// <remarks>A secret need not be sent: a television keeps none. One that is sent has to be right.</remarks>
internal sealed class DeviceCodeRequest(Call call, Quotas quotas, DeviceAuthorizations devices, SurfaceProfile profile)
{
    private string[]? _scopes;

    public ClientProof Client { get; } = ClientProof.Of(call, profile.TakesBasic);

    public string this[string parameter] => call.Parameters[parameter];

    public App? App => call.App;

    public bool ShowsSecret => Client.Secret is not "";

    public bool SecretMatches => Client.Matches(App!);

    public string[] Scopes => _scopes ??= profile.ScopesOrDefault(profile.WithSpaces(this["scope"]));

    /// <summary>The page of a device has no button for one tap, and no other button gives what that gives.</summary>
    public bool ScopesAreOpen =>
        Array.TrueForAll(Scopes, scope => profile.IsOpenTo(App!, scope) && profile.FindScope(scope) is not { IsOneTap: true });

    /// <summary>Each success keeps a row. A request that proves no app counts against its address,
    /// and never against the app's quota.</summary>
    public bool IsWithinQuota() => ShowsSecret ? quotas.TryTake(App!, profile.Slug + ".deviceCode") : quotas.TryTakeDeviceCode(call.Peer);

    public async ValueTask<BegunDevice> BeginAsync()
    {
        var (deviceCode, device) = await devices.BeginAsync(profile.Credentials, App!.Id, Scopes, call.Ct);
        return new BegunDevice(deviceCode, device, profile.Credentials.Lifetimes.PollInterval, call.Address);
    }
}

/// <summary>What a device is told to begin with.</summary>
/// <param name="Address">Where the surface was found.</param>
internal sealed record BegunDevice(string DeviceCode, DeviceAuthorization Device, TimeSpan PollInterval, string Address)
{
    public long ExpiresInSeconds => (long)(Device.ExpiresAt - Device.CreatedAt).TotalSeconds;

    public long ScanExpiresInSeconds => (long)(Device.ScanUntil - Device.CreatedAt).TotalSeconds;
}
