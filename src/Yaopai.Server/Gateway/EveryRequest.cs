namespace Yaopai.Server.Gateway;

/// <summary>What holds for every request, whatever it asks for.</summary>
internal static class EveryRequest
{
    public static void UseEveryRequest(this WebApplication app)
    {
        var chance = app.Services.GetService<IRandomSeam>();
        app.Use(next => http =>
        {
            chance?.Begin(http);
            http.Response.Headers.XContentTypeOptions = "nosniff"; // what a caller chose may begin a body

            // HEAD is GET without its body (RFC 9110 §9.3.2).
            if (HttpMethods.IsHead(http.Request.Method))
                (http.Request.Method, http.Response.Body) = (HttpMethods.Get, Stream.Null);

            return next(http);
        });
    }
}
