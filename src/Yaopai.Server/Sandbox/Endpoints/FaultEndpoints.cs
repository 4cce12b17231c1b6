using System.Globalization;
using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox.Worlds;

namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>Faults on demand.</summary>
internal sealed class FaultEndpoints(Faults faults, IEnumerable<ISurface> surfaces, WorldDirectory worlds, TimeProvider time)
    : ISandboxEndpoints
{
    public const string KindsPath = Path + "/kinds";

    private const string Path = "/sandbox/faults";

    private static readonly Problem s_tooMany = new(
        409, "There are too many faults", $"An app has {Faults.MostOfAnApp} faults at most, and so have requests of all apps together; "
        + "DELETE /sandbox/faults/{id} removes one.");

    public void Map(SandboxRoutes routes)
    {
        routes.Get(Path, _ => Task.FromResult(Show()));
        routes.Get(KindsPath, _ => Task.FromResult(ShowKinds()));
        routes.Post<FaultRequest>(Path, (http, request) => AddAsync(request, http.RequestAborted));
        routes.Delete(Path, http => Task.FromResult(Clear(http.Request.Query["world"])));
        routes.Delete(Path + "/{id:int}", http => Task.FromResult(Remove(http.Request.RouteValues["id"])));
    }

    private SandboxAnswer Show() => SandboxAnswer.Of(new { faults = faults.All.Select(Describe) });

    private SandboxAnswer ShowKinds()
    {
        IOperation[] operations = [.. surfaces.SelectMany(surface => surface.Operations)];
        return SandboxAnswer.Of(new
        {
            kinds = FaultKinds.All.Select(sort => new
            {
                fault = sort.Name,
                strikes_at = sort.Needs is Given.Nothing
                    ? [Fault.Everywhere]
                    : operations.Where(sort.FitsTo).Select(one => one.Target).ToArray(),
                sort.En,
                sort.Zh,
            }),
        });
    }

    private async Task<SandboxAnswer> AddAsync(FaultRequest request, CancellationToken ct)
    {
        var (world, unknown) = await worlds.FindNamedAsync(request.World, ct);
        if (unknown is not null)
            return unknown;

        var (fault, problem) = FaultReader.Read(request, [.. surfaces], world, time.GetUtcNow());
        if (problem is not null)
            return problem;

        return faults.Add(fault!) is { } added ? SandboxAnswer.Created(Describe(added)) : s_tooMany;
    }

    /// <summary>Those of the world that is named; else those that are in none.</summary>
    private SandboxAnswer Clear(string? world)
    {
        faults.Clear(world);
        return Show();
    }

    private SandboxAnswer Remove(object? id) => faults.TryRemove(int.Parse((string)id!, CultureInfo.InvariantCulture))
        ? Show()
        : Problem.NotFound("There is no fault of that id; GET /sandbox/faults lists them.");

    private static object Describe(Fault fault) => new
    {
        fault.Id,
        fault.Target,
        fault = fault.Sort?.Name,
        fault.Error,
        delay = fault.Sort is { TakesDelay: true } ? Iso8601Duration.Write(fault.Delay) : null,
        fault.Times,
        fault.Struck,
        fault.Probability,
        fault.Seed,
        fault.Until,
        client_id = fault.ClientId?.ToString(CultureInfo.InvariantCulture),
        world = fault.World?.Id,
    };
}
