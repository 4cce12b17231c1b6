namespace Yaopai.Server.Gateway;

/// <summary>What is said where nothing is: to people a page, and in Development the address that was probably meant. Never a redirect,
/// because a caller that is led on from a wrong address keeps it.</summary>
internal static class NoSuchAddress
{
    public static void UseNearestAddress(this WebApplication app)
    {
        var isDevelopment = app.Environment.IsDevelopment();
        var page = app.Services.GetService<INoSuchPage>();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger<Problem>();
        app.Use(next => async http =>
        {
            await next(http);
            if (http.Response is not { StatusCode: StatusCodes.Status404NotFound, HasStarted: false } || http.GetEndpoint() is not null)
                return;

            var isForPeople = page?.IsWanted(http.Request) is true;
            if (!isDevelopment)
            {
                if (isForPeople)
                    await page!.WriteAsync(http, nearest: null);
                return;
            }

            var nearest = Nearest.To(http.Request.Path.Value ?? "", AddressesOf(app));
            var asked = http.Request.Path.ToUriComponent(); // one line of a log stays one
            log.NoSuchAddress(asked, nearest);
            await (isForPeople
                ? page!.WriteAsync(http, Nearest.Resembles(asked, nearest) ? nearest : null)
                : Problem.NotFound($"There is no {asked}; the nearest address is {nearest}.").WriteAsync(http.Response));
        });
    }

    private static IEnumerable<string> AddressesOf(WebApplication app) =>
    [
        .. app.Services.GetServices<ISurface>().SelectMany(surface => surface.Paths.Select(path => $"/{surface.Slug}{path}")),
        .. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText?.TrimStart('/')),
    ];
}
