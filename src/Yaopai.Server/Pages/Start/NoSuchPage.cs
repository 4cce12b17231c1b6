using Yaopai.Server.Gateway;

namespace Yaopai.Server.Pages.Start;

/// <summary>The page of an address where nothing is.</summary>
internal sealed class NoSuchPage : INoSuchPage
{
    private const int Longest = 200;

    public bool IsWanted(HttpRequest request) => HttpMethods.IsGet(request.Method) && Negotiation.IsBrowser(request);

    public Task WriteAsync(HttpContext http, string? nearest) => PageHeaders.NotKept(http, context =>
    {
        var asked = context.Request.Path.ToUriComponent();
        return context.WritePageAsync<NoSuch, NoSuchForm>(
            new NoSuchForm(
                asked.Length <= Longest ? asked : asked[..Longest] + "…", nearest, IsAtHostOfSurface(context) ? null : StartRoutes.Path),
            StatusCodes.Status404NotFound);
    });

    /// <summary>Where a surface has the whole host, "/" is its own.</summary>
    private static bool IsAtHostOfSurface(HttpContext http) => http.Items[typeof(ISurface)] is ISurface surface
        && !http.Request.Path.StartsWithSegments("/" + surface.Slug, StringComparison.Ordinal);
}
