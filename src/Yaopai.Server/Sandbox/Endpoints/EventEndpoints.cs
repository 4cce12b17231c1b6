namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>What apps are told of, and where.</summary>
internal sealed class EventEndpoints(SandboxEvents events) : ISandboxEndpoints
{
    public void Map(SandboxRoutes routes)
    {
        routes.Get("/sandbox/events", async http =>
            SandboxAnswer.From(await events.ShowAsync(http.Request.Query["client_id"].ToString(), http.RequestAborted)));
        routes.Post<SandboxEvents.CallbackRequest>("/sandbox/events/callback", async (http, request) =>
            SandboxAnswer.From(await events.SetCallbackAsync(request, http.RequestAborted)));
    }
}
