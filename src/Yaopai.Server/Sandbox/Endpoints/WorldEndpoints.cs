using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox.Worlds;

namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>A copy of the demo data for one test.</summary>
internal sealed class WorldEndpoints(
    Worlds.Worlds worlds, WorldDirectory directory, WorldCast casts, SurfaceProfiles profiles, IHostEnvironment environment)
    : ISandboxEndpoints
{
    public const string Path = "/sandbox/worlds";

    private const int LongestSeed = 200;

    internal sealed record WorldRequest(string? RandomSeed);

    public void Map(SandboxRoutes routes)
    {
        routes.Post(Path, AddAsync);
        routes.Get(Path, http => ListAsync(http.Request.Query["after"].ToString(), http.RequestAborted));
        routes.Get(Path + "/{id}", http => WithAsync(http, world => Task.FromResult(SandboxAnswer.Of(Describe(world)))));
        routes.Delete(Path + "/{id}", http => WithAsync(http, async world =>
        {
            await worlds.RemoveAsync(world, http.RequestAborted);
            return SandboxAnswer.Done;
        }));
    }

    /// <summary>Nothing need be said.</summary>
    private async Task<SandboxAnswer> AddAsync(HttpContext http)
    {
        var (asked, wrong) = SandboxBody.IsThere(http)
            ? await SandboxBody.ReadAsync<WorldRequest>(http)
            : (new WorldRequest(RandomSeed: null), null);
        wrong ??= asked!.RandomSeed switch
        {
            null => null,
            _ when !environment.IsDevelopment() => Problem.Invalid("random_seed: only in Development."),
            { Length: > 0 and <= LongestSeed } => null,
            _ => Problem.Invalid($"random_seed: 1 to {LongestSeed} characters, or nothing for real chance."),
        };
        if (wrong is not null)
            return wrong;

        var (world, problem) = await worlds.AddAsync(asked!.RandomSeed, http.RequestAborted);
        return problem is null ? SandboxAnswer.Created(Describe(world!)) : problem;
    }

    /// <summary>A hundred at a time, by id.</summary>
    private async Task<SandboxAnswer> ListAsync(string after, CancellationToken ct) => SandboxAnswer.Of(new
    {
        worlds = (await worlds.ListAsync(after, ct)).Select(world => new
        {
            world.Id,
            client_ids = world.Apps.Select(app => $"{app}"),
            world.CreatedAt,
            world.ExpiresAt,
        }),
    });

    private async Task<SandboxAnswer> WithAsync(HttpContext http, Func<World, Task<SandboxAnswer>> answer)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        return await directory.FindAsync(id, http.RequestAborted) is { } world
            ? await answer(world)
            : Problem.NotFound("There is no world of that id. GET /sandbox/worlds lists them; forgotten ones go after a day.");
    }

    private object Describe(World world)
    {
        var cast = casts.Of(world);
        return new
        {
            world.Id,
            apps = cast.Apps.Select(app => new
            {
                app.Name,
                client_id = $"{app.ClientId}",
                app.ClientSecret,
                app.RedirectUri,
                surfaces = profiles.All.Select(profile => profile.Slug),
                scopes = DemoData.ScopesOf(app, profiles),
            }),
            users = cast.Users.Select(user => new
            {
                id = $"{user.Id}",
                user.Role,
                user.Name,
                password = DemoData.Password,
                phone = user.CallingCode is null ? null : $"+{user.CallingCode}{user.National}",
                user.Region,
                user.Note,
            }),
            tenants = new[] { cast.Welink, cast.Stranger }.Select(tenant => new
            {
                id = TenantFormats.WriteId(tenant.Id),
                tenant.Domain,
            }),
            world.CreatedAt,
            world.ExpiresAt,
        };
    }
}
