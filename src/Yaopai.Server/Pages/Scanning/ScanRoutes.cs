using System.Text;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.Scanning;

/// <summary>GET /scan, the page of a QR code; GET /scan/state, whether somebody scanned it.</summary>
internal sealed class ScanRoutes(Tickets tickets, AppDirectory apps, ScanScenes scenes, DeviceAuthorizations devices, IAppClock clock)
{
    public const string StatePath = PagePaths.Scan + "/state";

    /// <summary>What the script of the page is told.</summary>
    private const string Waiting = "waiting", Scanned = "scanned", Over = "over";

    public async Task ShowAsync(HttpContext http)
    {
        var text = http.Request.Query[PagePaths.Request].ToString();
        if (await tickets.UnsealAtAnyAgeAsync<ScanVisit>(text, http.RequestAborted) is not { } visit
            || await apps.FindAsync(visit.AppId, http.RequestAborted) is not { IsEnabled: true } app)
        {
            await http.WritePageAsync<MessagePage, Message>(ScanTexts.Broken, StatusCodes.Status400BadRequest);
            return;
        }

        var state = clock.Now < visit.ExpiresAt ? await StateOfAsync(visit, http.RequestAborted) : Over;
        if (state is Scanned)
        {
            await http.SeeOther(visit.ReturnTo);
            return;
        }

        PageHeaders.LetModulesRun(http.Response);
        await http.WritePageAsync<ScanPage, ScanForm>(new ScanForm(
            app.Name, PictureOf(visit.QrText), PagePaths.With(StatePath, text), visit.ReturnTo, visit.BeginAgain, visit.SignIn,
            visit.OnPhone is null ? null : UserCode.Shown(visit.OnPhone.UserCode), IsOver: state is Over));
    }

    public async Task SayAsync(HttpContext http)
    {
        var text = http.Request.Query[PagePaths.Request].ToString();
        var state = await tickets.UnsealAsync<ScanVisit>(text, http.RequestAborted) is { } visit
            ? await StateOfAsync(visit, http.RequestAborted)
            : Over;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync($$"""{"state":"{{state}}"}""", http.RequestAborted);
    }

    private async ValueTask<string> StateOfAsync(ScanVisit visit, CancellationToken ct)
    {
        if (visit.OnPhone is { } phone)
        {
            return await devices.FindAsync(phone.UserCode, ct) is not { } device || device.Id != phone.DeviceId ? Over : device.State switch
            {
                DeviceState.Confirmed or DeviceState.Denied => Scanned, // where it goes on the app is told of either
                DeviceState.Taken => Over,
                _ => Waiting,
            };
        }

        return await scenes.FindAsync(visit.Secret, ct) switch
        {
            null => Over,
            { State: ScanState.Scanned } => Scanned,
            _ => Waiting,
        };
    }

    private static string PictureOf(string text) =>
        $"data:{QrDrawing.ContentType};base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(QrDrawing.Svg(text, label: "")))}";
}
