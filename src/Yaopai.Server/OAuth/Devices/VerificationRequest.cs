using System.Text;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth.Devices;

/// <summary>What the page that a device sends its person to works with.</summary>
internal sealed record VerificationKit(UserCodeLookup UserCodes, Sessions Sessions, Tickets Tickets);

/// <summary>RFC 8628 §3.3: a person comes with a user code, or a device shows the QR code that leads there.</summary>
internal sealed class VerificationRequest
{
    public const string UserCodeParameter = "user_code";

    /// <summary>What follows the path of the page where the QR code is drawn.</summary>
    private const string Qr = "/qr";

    private readonly Call _call;
    private readonly VerificationKit _kit;

    private VerificationRequest(Call call, VerificationKit kit, bool isWithinQuota, DeviceAuthorization? device) =>
        (_call, _kit, IsWithinQuota, Device) = (call, kit, isWithinQuota, device);

    public string UserCode => _call.Parameters[UserCodeParameter];

    /// <summary>Known by the device that waits under the code.</summary>
    public App? App => _call.App;

    public bool IsWithinQuota { get; }

    public DeviceAuthorization? Device { get; }

    private string Query => $"?{UserCodeParameter}={Device!.UserCode}";

    public static string QrOf(string path) => path + Qr;

    public static string QrOf(string path, string userCode) => $"{path}{Qr}?{UserCodeParameter}={userCode}";

    public static async ValueTask<VerificationRequest> ReadAsync(Call call, VerificationKit kit)
    {
        if (call.Parameters[UserCodeParameter] is not { Length: > 0 } userCode)
            return new VerificationRequest(call, kit, isWithinQuota: true, device: null);

        var (isWithinQuota, device) = await kit.UserCodes.FindAsync(call.Peer, userCode, call.Ct);
        return new VerificationRequest(call, kit, isWithinQuota, device);
    }

    /// <summary>A person who scanned may come back until they have answered. One who is not signed in yet may be that person.</summary>
    public async ValueTask<bool> IsOpenAsync() => Device!.State switch
    {
        DeviceState.Waiting => true,
        DeviceState.Scanned => await _kit.Sessions.FindAsync(_call.Http, _call.Ct) is not { } user || user.Account.Id == Device.AccountId,
        _ => false,
    };

    /// <summary>The QR code, or the way to the page.</summary>
    public Answer Answer(string path) => _call.Path == QrOf(path) ? Draw(path) : SendOn();

    private Answer Draw(string path) => new(
        Encoding.UTF8.GetBytes(QrDrawing.Svg(_call.Address + path + Query, Consents.UserCode.Shown(Device!.UserCode))),
        QrDrawing.ContentType);

    private Answer SendOn()
    {
        var returnTo = _call.Http.Request.Path + Query;
        return Gateway.Answer.Redirect(PagePaths.With(
            PagePaths.Device, _kit.Tickets.Seal(new DeviceVisit(Device!.Id, Device.UserCode, returnTo, _call.Now))));
    }
}
