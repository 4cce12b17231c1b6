namespace Yaopai.Server.Pages;

/// <summary>The headers that keep a browser from doing with our answers what we never meant.</summary>
internal static class PageHeaders
{
    private const string FormAction = "form-action 'self'";

    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; " + FormAction + "; base-uri 'none'; frame-ancestors 'none'";

    public static IEndpointConventionBuilder MapPage(this IEndpointRouteBuilder endpoints, string pattern, RequestDelegate answer) =>
        endpoints.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], context =>
        {
            Write(context.Response.Headers);
            return answer(context);
        });

    /// <summary>Browsers apply the policy of a form's page to the redirects that follow it, too.</summary>
    public static void LetFormsLeadTo(HttpResponse response, string origin) => response.Headers.ContentSecurityPolicy =
        origin is ""
            ? ContentSecurityPolicy
            : ContentSecurityPolicy.Replace(FormAction, $"{FormAction} {origin}", StringComparison.Ordinal);

    /// <summary>For a page with a module of ours, which asks this server how things stand.</summary>
    public static void LetModulesRun(HttpResponse response) => response.Headers.ContentSecurityPolicy =
        ContentSecurityPolicy + "; script-src 'self'; connect-src 'self'";

    public static Task NotKept(HttpContext context, RequestDelegate answer)
    {
        Write(context.Response.Headers);
        context.Response.Headers.CacheControl = "no-store";
        return answer(context);
    }

    public static void Write(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY"; // for browsers that do not know frame-ancestors
        headers["Referrer-Policy"] = "no-referrer";
    }
}
