using Yaopai.Server.OAuth;
using Yaopai.Server.Sandbox.Seeds;

namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>The demo data, and the way back to it.</summary>
internal sealed class DemoEndpoints(SurfaceProfiles profiles, SandboxReset reset, SandboxBeginning beginning, SeedExport export)
    : ISandboxEndpoints
{
    public const string Path = "/sandbox";

    public void Map(SandboxRoutes routes)
    {
        routes.Get(Path, http => ShowAsync(http.RequestAborted));
        routes.Post(Path + "/reset", ResetAsync);
    }

    private async Task<SandboxAnswer> ShowAsync(CancellationToken ct) =>
        beginning.HasDemo ? ShowDemo() : Show(await export.WriteAsync(ct));

    /// <summary>Of a sandbox without the demo data: what there is.</summary>
    private SandboxAnswer Show(SeedFile seed) => SandboxAnswer.Of(new
    {
        apps = seed.Apps!.Select(app => new
        {
            app.Name,
            client_id = $"{app.ClientId}",
            app.ClientSecret,
            redirect_uri = app.RedirectUris is [var uri, ..] ? uri : null,
            surfaces = profiles.All.Select(profile => profile.Slug),
            scopes = app.ApprovedScopes,
        }),
        users = seed.Users!.Select(user => new { user.Name, user.Region }),
    });

    private SandboxAnswer ShowDemo() => SandboxAnswer.Of(new
    {
        apps = DemoData.Apps.Select(app => new
        {
            app.Name,
            client_id = $"{app.ClientId}",
            app.ClientSecret,
            app.RedirectUri,
            surfaces = profiles.All.Select(profile => profile.Slug),
            scopes = DemoData.ScopesOf(app, profiles),
        }),
        users = DemoData.Users.Select(user => new { user.Name, password = DemoData.Password, user.Region, user.Note }),
        real_names = DemoData.RealNames.Select(real => new { real.User, real.Name, real.Number, real.Level, state = (int)real.State }),
    });

    /// <summary>Everything as it was after the first start. Keys stay: identifiers do not change.</summary>
    private async Task<SandboxAnswer> ResetAsync(HttpContext http)
    {
        await reset.ResetAsync(http.RequestAborted);
        return await ShowAsync(http.RequestAborted);
    }
}
