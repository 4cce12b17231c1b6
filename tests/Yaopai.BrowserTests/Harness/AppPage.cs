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

    private readonly List<string> _callbacks = [];

    private AppPage(WebApplication app) => _app = app;

    /// <summary>Where its callback sends the person on; null for a page of its own.</summary>
    public string? LeadsOnTo { get; set; }

    /// <summary>What came to its callback: query and form.</summary>
    public IReadOnlyList<string> Callbacks => _callbacks;

    public Uri RedirectUri => new(_app.Urls.First() + "/callback");

    /// <summary>Starts it on a free port of loopback, and registers it for the app.</summary>
    public static async Task<AppPage> StartAsync(TestServer server, long clientId)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var page = new AppPage(app);
        app.MapMethods("/callback", ["GET", "POST"], page.AnswerAsync);
        app.MapGet("/home", () => Show("At home"));
        await app.StartAsync();

        var store = server.Get<IAppStore>();
        var known = (await store.FindAsync(clientId, default))!;
        await store.TryChangeAsync(known with { RedirectUris = [.. known.RedirectUris, page.RedirectUri.ToString()] }, default);
        server.Get<AppDirectory>().Clear();
        return page;
    }

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        using var body = new StreamReader(request.Body);
        _callbacks.Add(request.QueryString + await body.ReadToEndAsync());
        return LeadsOnTo is null ? Show("Back at the app") : Results.Redirect(LeadsOnTo);
    }

    private static IResult Show(string heading) => Results.Content(
        $"<!DOCTYPE html><title>App</title><link rel=icon href=data:,><h1>{heading}</h1>", "text/html; charset=utf-8");

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
