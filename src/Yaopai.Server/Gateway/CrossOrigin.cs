using Microsoft.Extensions.Options;

namespace Yaopai.Server.Gateway;

/// <summary>The web pages that may read what an operation answers.</summary>
internal enum Readers
{
    /// <summary>None but those of this server.</summary>
    OwnPages,

    /// <summary>All there are: the document is public.</summary>
    AllPages,

    /// <summary>Those of the origins that the settings name, for apps that can keep no secret.</summary>
    NamedPages,
}

/// <summary>Which pages may read an answer, where a browser asks (CORS, as the Fetch standard has it). Never with a cookie.</summary>
internal sealed class CrossOrigin(IOptions<GatewayOptions> gateway)
{
    private const string Everyone = "*";
    private const string AnHour = "3600";

    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { Scheme: "https" or "http", HostNameType: not UriHostNameType.Unknown }
        && uri.GetLeftPart(UriPartial.Authority) == text && !text.Contains('*', StringComparison.Ordinal);

    /// <summary>Whether a browser asks what a page may ask, and the page may ask something.</summary>
    public bool IsPreflight(HttpRequest request, IOperation operation) =>
        HttpMethods.IsOptions(request.Method) && Reader(request, operation) is not null;

    /// <summary>What may be asked: nothing that a form could not send as well, but for its headers.</summary>
    public static void SayMethods(HttpResponse response, IOperation operation)
    {
        response.Headers.AccessControlAllowMethods = string.Join(", ", operation.Methods);
        response.Headers.AccessControlAllowHeaders = Everyone;
        response.Headers.AccessControlMaxAge = AnHour;
    }

    /// <summary>A secret in a page is everybody's: an app that has one is answered, and its page is not told what.</summary>
    public void SayReader(Call call, IOperation operation)
    {
        if (operation.Readers is Readers.NamedPages && gateway.Value.Origins.Length > 0)
            call.Http.Response.Headers.Append("Vary", "Origin");
        if (Reader(call.Http.Request, operation) is { } reader && (reader is Everyone || call.App is not { IsPublic: false }))
            call.Http.Response.Headers.AccessControlAllowOrigin = reader;
    }

    private string? Reader(HttpRequest request, IOperation operation) => operation.Readers switch
    {
        Readers.AllPages => Everyone,
        Readers.NamedPages when request.Headers.Origin is [{ } origin] && gateway.Value.Origins.Contains(origin) => origin,
        _ => null,
    };
}
