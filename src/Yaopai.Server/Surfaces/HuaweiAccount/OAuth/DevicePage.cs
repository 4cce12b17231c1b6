using System.Text;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.HuaweiAccountErrors.DevicePage;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

/// <summary>GET or POST /oauth2/v3/device — where a device sends its person; …/device/qr draws the QR code that leads there.</summary>
internal static class DevicePage
{
    public const string Path = "/oauth2/v3/device";
    public const string QrPath = Path + "/qr";

    private const string UserCodeParameter = "user_code";

    // Whoever tries codes is stopped before being told anything of the code at hand.
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.UserCodeMissing, x => x[UserCodeParameter] is not ""),
        new(E.FlowControl,     x => x.IsWithinQuota),
        new(E.UserCodeUnknown, x => x.App is not null), // known by the device that waits under the code
        new(E.UserCodeTaken,   x => x.IsOpenAsync()),
    ];

    public static Operation<Request> Operation(Services services) => new("huawei", "DevicePage", E.All)
    {
        Methods = ["GET", "POST"],
        IsForPeople = true,
        UserCodeParameter = UserCodeParameter,
        Admission = services.Admission,
        Read = call => ReadAsync(call, services),
        Client = x => x.Device?.AppId,
        RuleLists = [Rules],
        Answer = x => ValueTask.FromResult(x.Answer()),
        Failures = new FailureErrors(
            E.All,
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.Internal),
            (Failure.KeyLost, E.Internal)),
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
            Encoding.UTF8.GetBytes(QrDrawing.Svg(HuaweiAccountDialect.AddressOf(call) + Path + Query, UserCode.Shown(device!.UserCode))), QrDrawing.ContentType);

        private Answer SendOn()
        {
            var returnTo = call.Http.Request.PathBase + call.Http.Request.Path + Query;
            return Gateway.Answer.Redirect(PagePaths.With(
                PagePaths.Device, services.Tickets.Seal(new DeviceVisit(device!.Id, device.UserCode, returnTo, services.Clock.Now))));
        }
    }
}
