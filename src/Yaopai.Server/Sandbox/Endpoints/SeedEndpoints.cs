using Yaopai.Server.Sandbox.Seeds;

namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>What a sandbox begins with: as it could be written down now, and what may be in it.</summary>
internal sealed class SeedEndpoints(SeedExport export) : ISandboxEndpoints
{
    public void Map(SandboxRoutes routes)
    {
        routes.Get("/sandbox/seed", async http => SandboxAnswer.Of(await export.WriteAsync(http.RequestAborted)));
        routes.Get("/sandbox/seed.schema.json", _ => Task.FromResult(SandboxAnswer.Of(SeedSchema.Make())));
    }
}
