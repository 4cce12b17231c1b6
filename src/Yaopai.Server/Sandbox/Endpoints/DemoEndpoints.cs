using Yaopai.Server.OAuth;

namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>The demo data, and the way back to it.</summary>
internal sealed class DemoEndpoints(SurfaceProfiles profiles, SandboxReset reset) : ISandboxEndpoints
{
    public void Map(SandboxRoutes routes)
    {
        routes.Get("/sandbox", _ => Task.FromResult(Show()));
        routes.Post("/sandbox/reset", ResetAsync);
    }

    private SandboxAnswer Show() => SandboxAnswer.Of(new
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
        return Show();
    }
}
