using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth.Devices;
using E = Yaopai.Errors.HuaweiAccountErrors.DevicePage;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

/// <summary>GET or POST /oauth2/v3/device — where a device sends its person; …/device/qr draws the QR code that leads there.</summary>
internal sealed record DevicePage(VerificationKit Kit) : IOperationDefinition
{
    public const string Path = "/oauth2/v3/device";

    // An address that tries codes is stopped before it is told anything of the code at hand.
    internal static readonly Rule<VerificationRequest>[] Rules =
    [
        new(E.UserCodeMissing, x => x.UserCode is not ""),
        new(E.FlowControl,     x => x.IsWithinQuota),
        new(E.UserCodeUnknown, x => x.App is not null),
        new(E.UserCodeTaken,   x => x.IsOpenAsync(), why: x => $"the device is {x.Device!.State}"),
    ];

    public IOperation Define() => new Operation<VerificationRequest>("huawei", "DevicePage", E.All)
    {
        Methods = ["GET", "POST"],
        IsForPeople = true,
        UserCodeParameter = VerificationRequest.UserCodeParameter,
        Read = call => VerificationRequest.ReadAsync(call, Kit),
        Client = x => x.Device?.AppId,
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(x.Answer(Path))),
        Failures = new FailureErrors(
            E.All,
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.Internal),
            (Failure.KeyLost, E.Internal)),
    };
}
