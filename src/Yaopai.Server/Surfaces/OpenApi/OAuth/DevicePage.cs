using System.Text;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Api = Yaopai.Errors.OpenApiErrors.Api;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>GET or POST /oauth/2.0/device — where a device sends its person; …/device/qr draws the QR code that leads there.</summary>
internal static class DevicePage
{
    public const string Path = "/oauth/2.0/device";
    public const string QrPath = Path + "/qr";

    private const string UserCodeParameter = "user_code";

    // Whoever tries codes is stopped before being told anything of the code at hand.
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.RequestMalformed,    x => x[UserCodeParameter] is not ""),
        new(Api.CallsThrottled,    x => x.IsWithinQuota),
        new(E.RefreshTokenExpired, x => x.App is not null), // known by the device that waits under the code
        new(E.AccessDenied,        x => x.IsOpenAsync()),
    ];

    public static string QrPathOf(string userCode) => $"{QrPath}?{UserCodeParameter}={userCode}";

    public static Operation<Request> Operation(Services services) => new("open", "DevicePage", OpenApiFailures.OAuthRows)
    {
        Methods = ["GET", "POST"],
        IsForPeople = true,
        UserCodeParameter = UserCodeParameter,
        Admission = services.Admission,
        Read = call => ReadAsync(call, services),
        Client = x => x.Device?.AppId,
        RuleLists = [Rules],
        Answer = x => ValueTask.FromResult(x.Answer()),
        Failures = OpenApiFailures.OfOAuth,
    };

    private static async ValueTask<Request> ReadAsync(Call call, Services services)
    {
        if (call.Parameters[UserCodeParameter] is not { Length: > 0 } userCode)
            return new Request(call, services, isWithinQuota: true, device: null);

        var (isWithinQuota, device) = await services.UserCodes.FindAsync(call.Peer, userCode, call.Ct);
        return new Request(call, services, isWithinQuota, device);
    }

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(Admission Admission, UserCodeLookup UserCodes, Sessions Sessions, Tickets Tickets, IAppClock Clock);

    /// <summary>The request, and the device that waits for it.</summary>
    internal sealed class Request(Call call, Services services, bool isWithinQuota, DeviceAuthorization? device)
    {
        public string this[string parameter] => call.Parameters[parameter];

        public App? App => call.App;

        public bool IsWithinQuota => isWithinQuota;

        public DeviceAuthorization? Device => device;

        private string Query => $"?{UserCodeParameter}={device!.UserCode}";

        /// <summary>Who scanned may come back until they have answered. Who is not signed in yet may be that person.</summary>
        public async ValueTask<bool> IsOpenAsync() => device!.State switch
        {
            DeviceState.Waiting => true,
            DeviceState.Scanned => await services.Sessions.FindAsync(call.Http, call.Ct) is not { } person || person.Account.Id == device.AccountId,
            _ => false,
        };

        public Answer Answer() => call.Path is QrPath ? Draw() : SendOn();

        private Answer Draw() => new(
            Encoding.UTF8.GetBytes(QrDrawing.Svg(OpenApiDialect.AddressOf(call) + Path + Query, UserCode.Shown(device!.UserCode))), QrDrawing.ContentType);

        private Answer SendOn()
        {
            var returnTo = call.Http.Request.PathBase + call.Http.Request.Path + Query;
            return Gateway.Answer.Redirect(PagePaths.With(
                PagePaths.Device, services.Tickets.Seal(new DeviceVisit(device!.Id, device.UserCode, returnTo, services.Clock.Now))));
        }
    }
}
