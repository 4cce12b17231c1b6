using System.Globalization;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox.Seeds;

namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>Apps with ids and settings of one's own.</summary>
internal sealed class AppEndpoints(AppSeeds apps) : ISandboxEndpoints
{
    private const string Path = "/sandbox/apps", One = Path + "/{client_id}";

    public void Map(SandboxRoutes routes)
    {
        routes.Post<AppSeed>(Path, async (http, seed) =>
            await ShowAsync(await apps.AddAsync(seed, http.RequestAborted), http.RequestAborted) with
            {
                Status = StatusCodes.Status201Created,
            });
        routes.Get(One, http => WithAsync(http, async id =>
            await ShowAsync(await apps.FindAsync(id, http.RequestAborted), http.RequestAborted)));
        routes.Put<AppSeed>(One, (http, seed) => WithAsync(http, async id =>
            await ShowAsync(await apps.ChangeAsync(id, seed, http.RequestAborted), http.RequestAborted)));
        routes.Delete(One, http => WithAsync(http, async id =>
            await apps.RemoveAsync(id, http.RequestAborted) is { } problem ? problem : SandboxAnswer.Done));
    }

    private async Task<SandboxAnswer> ShowAsync((App? App, Problem? Problem) outcome, CancellationToken ct)
    {
        if (outcome.Problem is { } problem)
            return problem;

        return SandboxAnswer.Of(await apps.DescribeAsync(outcome.App!, ct));
    }

    private static async Task<SandboxAnswer> WithAsync(HttpContext http, Func<long, Task<SandboxAnswer>> answer) =>
        long.TryParse((string?)http.Request.RouteValues["client_id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? await answer(id)
            : Problem.NotFound("client_id: a number. GET /sandbox lists the demo apps.");
}
