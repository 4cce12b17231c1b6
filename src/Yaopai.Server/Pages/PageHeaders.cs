namespace Yaopai.Server.Pages;

/// <summary>The headers that keep a browser from doing with our answers what we never meant.</summary>
internal static class PageHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static IEndpointConventionBuilder MapPage(this IEndpointRouteBuilder endpoints, string pattern, RequestDelegate answer) =>
        endpoints.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], context =>
        {
            Write(context.Response.Headers);
            return answer(context);
        });

    private static void Write(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
