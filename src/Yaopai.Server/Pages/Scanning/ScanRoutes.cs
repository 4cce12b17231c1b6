using System.Text;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.Scanning;

/// <summary>GET /scan, the page of a QR code; GET /scan/state, whether somebody scanned it.</summary>
internal sealed class ScanRoutes(Tickets tickets, AppDirectory apps, ScanScenes scenes)
{
    public const string StatePath = PagePaths.Scan + "/state";

    public async Task ShowAsync(HttpContext http)
    {
        var text = http.Request.Query[PagePaths.Request].ToString();
        if (await tickets.UnsealAsync<ScanVisit>(text, http.RequestAborted) is not { } visit
            || await apps.FindAsync(visit.AppId, http.RequestAborted) is not { IsEnabled: true } app)
        {
            await http.WritePageAsync<MessagePage, Message>(ScanTexts.Broken, StatusCodes.Status400BadRequest);
            return;
        }

        var scene = await scenes.FindAsync(visit.Secret, http.RequestAborted);
        if (scene is { State: ScanState.Scanned })
        {
            await http.SeeOther(visit.ReturnTo);
            return;
        }

        PageHeaders.LetModulesRun(http.Response);
        await http.WritePageAsync<ScanPage, ScanForm>(new ScanForm(
            app.Name, PictureOf(visit.QrText), PagePaths.With(StatePath, text), visit.ReturnTo, visit.BeginAgain, IsOver: scene is null));
    }

    public async Task SayAsync(HttpContext http)
    {
        var text = http.Request.Query[PagePaths.Request].ToString();
        var visit = await tickets.UnsealAsync<ScanVisit>(text, http.RequestAborted);
        var scene = visit is null ? null : await scenes.FindAsync(visit.Secret, http.RequestAborted);
        var state = scene switch
        {
            null => "over",
            { State: ScanState.Scanned } => "scanned",
            _ => "waiting",
        };
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync($$"""{"state":"{{state}}"}""", http.RequestAborted);
    }

    private static string PictureOf(string text) =>
        $"data:{QrDrawing.ContentType};base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(QrDrawing.Svg(text, label: "")))}";
}
