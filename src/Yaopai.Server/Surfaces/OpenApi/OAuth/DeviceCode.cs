using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Devices;
using Api = Yaopai.Errors.OpenApiErrors.Api;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>GET or POST /oauth/2.0/device/code — begins the sign-in of a device that has no keyboard:
/// a code to poll with, and one for the person.</summary>
internal sealed record DeviceCode(Quotas Quotas, DeviceAuthorizations Devices, OpenApiProfile Profile) : IOperationDefinition
{
    public const string Path = "/oauth/2.0/device/code";

    internal static readonly Rule<DeviceCodeRequest>[] Rules =
    [
        new(E.RequestMalformed,           x => !x.Client.IsTwofold),
        new(E.RequestMalformed,           x => x.Client.Id is not ""),
        new(E.RequestMalformed,           x => x["response_type"] is not ""),
        new(E.ResponseTypeUnsupported,    x => x["response_type"] is "device_code"),
        new(E.ClientAuthenticationFailed, x => x.App is not null),
        new(E.ClientAuthenticationFailed, x => !x.ShowsSecret || x.SecretMatches),
        new(E.GrantTypeForbidden,         x => OpenApiGrantTypes.MayUse(x.App!, OpenApiGrantTypes.Device)),
        new(Api.CallsThrottled,           x => x.IsWithinQuota()),
        new(E.ScopeInvalid,               x => OAuthFormats.IsScope(x["scope"]) && x.ScopesAreOpen),
    ];

    public IOperation Define() => new Operation<DeviceCodeRequest>("open", "DeviceCode", OpenApiFailures.OAuthRows)
    {
        Methods = ["GET", "POST"],
        Read = call => ValueTask.FromResult(new DeviceCodeRequest(call, Quotas, Devices, Profile)),
        Client = x => ClientId.Parse(x.Client.Id),
        Rules = RuleLists.One(Rules, AnswerAsync),
        Failures = OpenApiFailures.OfOAuth,
    };

    private static async ValueTask<Answer> AnswerAsync(DeviceCodeRequest x) =>
        OpenApiDialect.Ok(await x.BeginAsync(), static (json, begun) =>
        {
            json.WriteString("device_code", begun.DeviceCode);
            json.WriteString("user_code", begun.Device.UserCode);
            json.WriteString("verification_url", begun.Address + DevicePage.Path);
            json.WriteString("qrcode_url", begun.Address + VerificationRequest.QrOf(DevicePage.Path, begun.Device.UserCode));
            json.WriteNumber("expires_in", begun.ExpiresInSeconds);
            json.WriteNumber("interval", (long)begun.PollInterval.TotalSeconds);
        });
}
