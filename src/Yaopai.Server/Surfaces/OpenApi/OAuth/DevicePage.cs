using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth.Devices;
using Api = Yaopai.Errors.OpenApiErrors.Api;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>GET or POST /oauth/2.0/device — where a device sends its person; …/device/qr draws the QR code that leads there.</summary>
internal sealed record DevicePage(VerificationKit Kit) : IOperationDefinition
{
    public const string Path = "/oauth/2.0/device";

    // An address that tries codes is stopped before it is told anything of the code at hand.
    internal static readonly Rule<VerificationRequest>[] Rules =
    [
        new(E.RequestMalformed,    x => x.UserCode is not ""),
        new(Api.CallsThrottled,    x => x.IsWithinQuota),
        new(E.RefreshTokenExpired, x => x.App is not null),
        new(E.AccessDenied,        x => x.IsOpenAsync(), why: x => $"the device is {x.Device!.State}"),
    ];

    public IOperation Define() => new Operation<VerificationRequest>("open", "DevicePage", OpenApiFailures.OAuthRows)
    {
        Methods = ["GET", "POST"],
        IsForPeople = true,
        UserCodeParameter = VerificationRequest.UserCodeParameter,
        Read = call => VerificationRequest.ReadAsync(call, Kit),
        Client = x => x.Device?.AppId,
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(x.Answer(Path))),
        Failures = OpenApiFailures.OfOAuth,
    };
}
