using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Devices;
using E = Yaopai.Errors.HuaweiAccountErrors.DeviceCode;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

/// <summary>POST /oauth2/v3/device/code — begins the sign-in of a device that has no keyboard:
/// a code to poll with, and one for the person.</summary>
internal sealed record DeviceCode(Quotas Quotas, DeviceAuthorizations Devices, HuaweiAccountProfile Profile) : IOperationDefinition
{
    internal static readonly Rule<DeviceCodeRequest>[] Rules =
    [
        new(E.ClientIdMissing,       x => x["client_id"] is not ""),
        new(E.ClientIdMalformed,     x => Formats.ClientId.IsMatch(x["client_id"])),
        new(E.ClientSecretMalformed, x => !x.ShowsSecret || Formats.Credential.IsMatch(x["client_secret"])),
        new(E.ScopeMalformed,        x => x["scope"] is "" || Formats.AreScopes(x["scope"])),
        new(E.ClientIdUnknown,       x => x.App is not null),
        new(E.ClientSecretIncorrect, x => !x.ShowsSecret || x.SecretMatches),
        new(E.FlowControl,           x => x.IsWithinQuota()),
        new(E.ScopeUnknown,          x => x.ScopesAreOpen && HuaweiAccountProfile.IsValidCombination(x.Scopes)),
    ];

    public IOperation Define() => new Operation<DeviceCodeRequest>("huawei", "DeviceCode", E.All)
    {
        Read = call => ValueTask.FromResult(new DeviceCodeRequest(call, Quotas, Devices, Profile)),
        Client = x => ClientId.Parse(x["client_id"]),
        Rules = RuleLists.One(Rules, AnswerAsync),
        Failures = new FailureErrors(
            E.All,
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.Internal),
            (Failure.KeyLost, E.Internal)),
    };

    private static async ValueTask<Answer> AnswerAsync(DeviceCodeRequest x) =>
        HuaweiAccountDialect.Ok(HuaweiAccountDialect.JsonUtf8, await x.BeginAsync(), static (json, begun) =>
        {
            json.WriteNumber("create_time", begun.Device.CreatedAt.ToUnixTimeSeconds());
            json.WriteString("device_code", begun.DeviceCode);
            json.WriteNumber("expire_in", begun.ExpiresInSeconds);
            json.WriteNumber("interval", (long)begun.PollInterval.TotalSeconds);
            json.WriteNumber("scan_expire_in", begun.ScanExpiresInSeconds);
            json.WriteString("user_code", begun.Device.UserCode);
            json.WriteString("verification_url", begun.Address + DevicePage.Path);
        });
}
