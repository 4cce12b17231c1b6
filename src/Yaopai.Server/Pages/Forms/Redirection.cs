using Yaopai.Server.Gateway;

namespace Yaopai.Server.Pages.Forms;

internal static class Redirection
{
    /// <summary>On to another address with GET, whatever came in (RFC 9110 §15.4.4).</summary>
    public static Task SeeOther(this HttpContext http, string address)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = PublicAddress.Of(http.Request, address);
        return Task.CompletedTask;
    }
}
