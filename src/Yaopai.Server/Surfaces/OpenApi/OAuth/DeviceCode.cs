using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Api = Yaopai.Errors.OpenApiErrors.Api;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>GET or POST /oauth/2.0/device/code — begins the sign-in of a device that has no keyboard: a code to poll with, and one for the person.</summary>
internal static class DeviceCode
{
    // A secret need not be sent: a television keeps none. One that is sent has to be right.
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.RequestMalformed,           x => x["client_id"] is not ""),
        new(E.RequestMalformed,           x => x["response_type"] is not ""),
        new(E.ResponseTypeUnsupported,    x => x["response_type"] is "device_code"),
        new(E.ClientAuthenticationFailed, x => x.App is not null),
        new(E.ClientAuthenticationFailed, x => !x.ShowsSecret || ClientSecret.Matches(x.App!, x["client_secret"])),
        new(E.GrantTypeForbidden,         x => x.App!.MayUse(OpenGrants.Device)),
        new(Api.CallsThrottled,           x => x.IsWithinQuota()),
        new(E.ScopeInvalid,               x => OAuthFormats.IsScope(x["scope"]) && x.Scopes.All(scope => OpenScopes.IsOpenTo(x.App!, scope))),
    ];

    public static Operation<Request> Operation(Services services) => new("open", "DeviceCode", OpenApiFailures.OAuthRows)
    {
        Methods = ["GET", "POST"],
        Admission = services.Admission,
        Read = call => ValueTask.FromResult(new Request(call, services)),
        Client = x => ApiRequest.ClientId(x["client_id"]),
        RuleLists = [Rules],
        Answer = x => x.AnswerAsync(),
        Failures = OpenApiFailures.OfOAuth,
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(Admission Admission, Quotas Quotas, DeviceAuthorizations Devices);

    internal sealed class Request(Call call, Services services)
    {
        public string this[string parameter] => call.Parameters[parameter];

        public App? App => call.App;

        public bool ShowsSecret => this["client_secret"] is not "";

        public string[] Scopes => OAuthFormats.Scopes(this["scope"], OpenScopes.Default);

        /// <summary>Each success keeps a row. Who proves no app spends what one address has for that, and nothing of the app's.</summary>
        public bool IsWithinQuota() => ShowsSecret ? services.Quotas.TryTake(App!, "open.deviceCode") : services.Quotas.TryTakeDeviceCode(call.Peer);

        public async ValueTask<Answer> AnswerAsync()
        {
            var (deviceCode, device) = await services.Devices.BeginAsync(CredentialRealm.OpenApi, App!.Id, Scopes, call.Ct);
            return OpenApiDialect.Ok(
                (deviceCode, device, Interval: services.Devices.PollIntervalOf(CredentialRealm.OpenApi), Address: OpenApiDialect.AddressOf(call)),
                static (json, it) =>
                {
                    json.WriteString("device_code", it.deviceCode);
                    json.WriteString("user_code", it.device.UserCode);
                    json.WriteString("verification_url", it.Address + DevicePage.Path);
                    json.WriteString("qrcode_url", it.Address + DevicePage.QrPathOf(it.device.UserCode));
                    json.WriteNumber("expires_in", (long)(it.device.ExpiresAt - it.device.CreatedAt).TotalSeconds);
                    json.WriteNumber("interval", (long)it.Interval.TotalSeconds);
                });
        }
    }
}
