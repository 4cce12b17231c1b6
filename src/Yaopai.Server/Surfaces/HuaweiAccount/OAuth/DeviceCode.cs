using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.HuaweiAccountErrors.DeviceCode;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

/// <summary>POST /oauth2/v3/device/code — begins the sign-in of a device that has no keyboard: a code to poll with, and one for the person.</summary>
internal static class DeviceCode
{
    // A secret need not be sent: a television keeps none. One that is sent has to be right.
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ClientIdMissing,       x => x["client_id"] is not ""),
        new(E.ClientIdMalformed,     x => Formats.ClientId.IsMatch(x["client_id"])),
        new(E.ClientSecretMalformed, x => x["client_secret"] is "" || Formats.Credential.IsMatch(x["client_secret"])),
        new(E.ScopeMalformed,        x => x["scope"] is "" || (Formats.Scope.IsMatch(x["scope"]) && Formats.IsNumberOfScopes(x["scope"]))),
        new(E.ClientIdUnknown,       x => x.App is not null),
        new(E.ClientSecretIncorrect, x => x["client_secret"] is "" || ClientSecret.Matches(x.App!, x["client_secret"])),
        new(E.FlowControl,           x => x.IsWithinQuota()),
        new(E.ScopeUnknown,          x => x.Scopes.All(x.MayAskFor) && Scopes.IsValidCombination(x.Scopes)),
    ];

    public static Operation<Request> Operation(Services services) => new("huawei", "DeviceCode", E.All)
    {
        Admission = services.Admission,
        Read = call => ValueTask.FromResult(new Request(call, services)),
        Client = x => Formats.ClientIdNumber(x["client_id"]),
        RuleLists = [Rules],
        Answer = x => x.AnswerAsync(),
        Failures = new FailureErrors(
            E.All,
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.Internal),
            (Failure.KeyLost, E.Internal)),
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(Admission Admission, Quotas Quotas, DeviceAuthorizations Devices);

    internal sealed class Request(Call call, Services services)
    {
        public string this[string parameter] => call.Parameters[parameter];

        public App? App => call.App;

        public string[] Scopes { get; } = Yaopai.Server.OAuth.Scopes.Split(call.Parameters["scope"] is { Length: > 0 } scope ? scope : Yaopai.Server.OAuth.Scopes.Default);

        /// <summary>The page of a device has no button for the one tap, and no other button gives what that gives.</summary>
        public bool MayAskFor(string scope) => Yaopai.Server.OAuth.Scopes.IsOpenTo(App!, scope) && !Yaopai.Server.OAuth.Scopes.IsOneTap(scope);

        /// <summary>Each success keeps a row. Who proves no app spends what one address has for that, and nothing of the app's.</summary>
        public bool IsWithinQuota() => this["client_secret"] is ""
            ? services.Quotas.TryTakeDeviceCode(call.Peer)
            : services.Quotas.TryTake(App!, "huawei.deviceCode");

        public async ValueTask<Answer> AnswerAsync()
        {
            var (deviceCode, device) = await services.Devices.BeginAsync(CredentialRealm.HuaweiAccount, App!.Id, Scopes, call.Ct);
            return HuaweiAccountDialect.Ok(
                HuaweiAccountDialect.JsonUtf8,
                (deviceCode, device, PollInterval: services.Devices.PollIntervalOf(CredentialRealm.HuaweiAccount), Page: HuaweiAccountDialect.AddressOf(call) + DevicePage.Path),
                static (json, it) =>
                {
                    json.WriteNumber("create_time", it.device.CreatedAt.ToUnixTimeSeconds());
                    json.WriteString("device_code", it.deviceCode);
                    json.WriteNumber("expire_in", (long)(it.device.ExpiresAt - it.device.CreatedAt).TotalSeconds);
                    json.WriteNumber("interval", (long)it.PollInterval.TotalSeconds);
                    json.WriteNumber("scan_expire_in", (long)(it.device.ScanUntil - it.device.CreatedAt).TotalSeconds);
                    json.WriteString("user_code", it.device.UserCode);
                    json.WriteString("verification_url", it.Page);
                });
        }
    }
}
