using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.OutOfBand;

/// <summary>GET /authorized.</summary>
internal sealed class OutOfBandRoutes(Tickets tickets)
{
    public async Task ShowAsync(HttpContext http)
    {
        var carried = await tickets.UnsealAsync<OutOfBandCode>(http.Request.Query[PagePaths.Request].ToString(), http.RequestAborted);
        await (carried is null
            ? http.WritePageAsync<MessagePage, Message>(OutOfBandTexts.Over, StatusCodes.Status400BadRequest)
            : http.WritePageAsync<OutOfBandPage, OutOfBandForm>(new OutOfBandForm(carried.AppName, carried.Code)));
    }
}
