using System.Globalization;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>Faults on demand.</summary>
internal sealed class FaultEndpoints(Faults faults, IEnumerable<ISurface> surfaces, TimeProvider time) : ISandboxEndpoints
{
    private const string Path = "/sandbox/faults";

    public void Map(SandboxRoutes routes)
    {
        routes.Get(Path, _ => Task.FromResult(Show()));
        routes.Post<FaultRequest>(Path, (_, request) => Task.FromResult(Add(request)));
        routes.Delete(Path, _ => Task.FromResult(Clear()));
        routes.Delete(Path + "/{id:int}", http => Task.FromResult(Remove(http.Request.RouteValues["id"])));
    }

    private SandboxAnswer Show() => SandboxAnswer.Of(new { faults = faults.All.Select(Describe) });

    private SandboxAnswer Add(FaultRequest request)
    {
        var (fault, problem) = FaultReader.Read(request, [.. surfaces], time.GetUtcNow());
        return problem is null ? SandboxAnswer.Created(Describe(faults.Add(fault!))) : problem;
    }

    private SandboxAnswer Clear()
    {
        faults.Clear();
        return Show();
    }

    private SandboxAnswer Remove(object? id) => faults.TryRemove(int.Parse((string)id!, CultureInfo.InvariantCulture))
        ? Show()
        : Problem.NotFound("There is no fault of that id; GET /sandbox/faults lists them.");

    private static object Describe(Fault fault) => new
    {
        fault.Id,
        fault.Target,
        fault = fault.Kind is FaultKind.Error ? null : FaultReader.NameOf(fault.Kind),
        fault.Error,
        delay = fault.Kind is FaultKind.Delay ? Iso8601Duration.Write(fault.Delay) : null,
        fault.Times,
        fault.Struck,
        fault.Probability,
        fault.Seed,
        fault.Until,
        client_id = fault.ClientId?.ToString(CultureInfo.InvariantCulture),
    };
}
