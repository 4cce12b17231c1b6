using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Yaopai.Server.Apps;
using Yaopai.Tests.Http;

namespace Yaopai.BrowserTests.Harness;

/// <summary>An app's own page, at an origin of its own, for a person to be sent back to.</summary>
internal sealed class AppPage : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AppPage(WebApplication app) => _app = app;

    public Uri RedirectUri => new(_app.Urls.First() + "/callback");

    /// <summary>Starts it on a free port of loopback, and registers it for the app.</summary>
    public static async Task<AppPage> StartAsync(TestServer server, long clientId)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/callback", () => Results.Content(
            "<!DOCTYPE html><title>App</title><link rel=icon href=data:,><h1>Back at the app</h1>", "text/html; charset=utf-8"));
        await app.StartAsync();

        var page = new AppPage(app);
        var store = server.Get<IAppStore>();
        var known = (await store.FindAsync(clientId, default))!;
        await store.TryChangeAsync(known with { RedirectUris = [.. known.RedirectUris, page.RedirectUri.ToString()] }, default);
        server.Get<AppDirectory>().Clear();
        return page;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
