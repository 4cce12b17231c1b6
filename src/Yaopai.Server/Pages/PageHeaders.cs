namespace Yaopai.Server.Pages;

/// <summary>The headers that keep a browser from doing with our answers what we never meant.</summary>
internal static class PageHeaders
{
    private const string FormAction = "form-action 'self'; ";

    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; " + FormAction + "base-uri 'none'; frame-ancestors 'none'";

    public static IEndpointConventionBuilder MapPage(this IEndpointRouteBuilder endpoints, string pattern, RequestDelegate answer) =>
        endpoints.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], context =>
        {
            Write(context.Response.Headers);
            return answer(context);
        });

    /// <summary>For a page whose form ends at an app. Browsers apply the policy of a form's page to all redirects that follow it, and where
    /// the app sends them from its redirect URI only the app knows.</summary>
    public static void LetFormsLeadOut(HttpResponse response) => response.Headers.ContentSecurityPolicy =
        ContentSecurityPolicy.Replace(FormAction, "", StringComparison.Ordinal);

    /// <summary>For a page with a script of ours, which asks nobody anything.</summary>
    public static void LetScriptsRun(HttpResponse response) => response.Headers.ContentSecurityPolicy =
        ContentSecurityPolicy + "; script-src 'self'";

    /// <summary>For a page with a module of ours, which asks this server how things stand.</summary>
    public static void LetModulesRun(HttpResponse response)
    {
        LetScriptsRun(response);
        response.Headers.ContentSecurityPolicy += "; connect-src 'self'";
    }

    /// <summary>For a page with a script of ours that sends its form to an app.</summary>
    public static void LetFormBeSentOut(HttpResponse response)
    {
        LetFormsLeadOut(response);
        response.Headers.ContentSecurityPolicy += "; script-src 'self'";
    }

    public static Task NotKept(HttpContext context, RequestDelegate answer)
    {
        Write(context.Response.Headers);
        context.Response.Headers.CacheControl = "no-store";
        return answer(context);
    }

    public static void Write(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XFrameOptions = "DENY"; // for browsers that do not know frame-ancestors
        headers["Referrer-Policy"] = "no-referrer";
    }
}
