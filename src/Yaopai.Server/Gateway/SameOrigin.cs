namespace Yaopai.Server.Gateway;

/// <summary>Whether a form was sent from a page of this server, as far as the browser says.</summary>
internal static class SameOrigin
{
    // Our pages say no-referrer, and then browsers name no origin ("null"); where they name one, or a site, it has to be this one.
    public static bool Holds(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin"
        && (IsSilent(request) || request.Headers.Origin == PublicAddress.OriginOf(request));

    /// <summary>The same where the request has to say so: a program that says nothing is no page.</summary>
    public static bool IsSaid(HttpRequest request) =>
        Holds(request) && (request.Headers["Sec-Fetch-Site"] == "same-origin" || !IsSilent(request));

    private static bool IsSilent(HttpRequest request) => request.Headers.Origin.ToString() is "" or "null";
}
