using Yaopai.Errors;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Pages.Start;

/// <summary>GET / — what runs here, for people who open the address of the server.</summary>
internal sealed class StartRoutes(IEnumerable<ISurface> surfaces, IEnumerable<IStartGuide> guides)
{
    public const string Path = "/";

    private readonly IReadOnlyList<ErrorSurface> _surfaces =
        [.. ErrorCatalogue.Surfaces.Where(known => surfaces.Any(surface => surface.Slug == known.Slug))];

    public Task ShowAsync(HttpContext http) => http.WritePageAsync<StartPage, StartModel>(
        new StartModel(_surfaces, guides.Select(guide => guide.Find(http.Request)).FirstOrDefault(guide => guide is not null)));
}
