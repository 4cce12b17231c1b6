using Yaopai.Server.Consents;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.Carrying;

/// <summary>GET /authorized.</summary>
internal sealed class CarriedRoutes(Tickets tickets)
{
    public async Task ShowAsync(HttpContext http)
    {
        var carried = await tickets.OpenAsync<CarriedCode>(http.Request.Query[PagePaths.Request].ToString(), http.RequestAborted);
        await (carried is null
            ? http.WritePageAsync<NoticePage, Notice>(CarriedTexts.Over, StatusCodes.Status400BadRequest)
            : http.WritePageAsync<CarriedPage, CarriedForm>(new CarriedForm(carried.AppName, carried.Code)));
    }
}
