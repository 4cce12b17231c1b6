using Yaopai.Server.Apps;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Http;

/// <summary>Apps of single tests: what a test changes, no other test stands on.</summary>
internal static class TestApps
{
    /// <summary>An app with all that the demo app may do, of a developer of its own in the same group.</summary>
    public static Task<DemoData.DemoApp> NewAppAsync(this TestServer server, Func<App, App>? change = null) =>
        server.NewAppAsync(DemoData.Apps[0], developerId: null, change);

    /// <param name="model">The demo app that it is like.</param>
    /// <param name="developerId">Null for a developer of its own, who is like the model's.</param>
    public static async Task<DemoData.DemoApp> NewAppAsync(
        this TestServer server, DemoData.DemoApp model, long? developerId = null, Func<App, App>? change = null)
    {
        var app = (await server.Get<IAppStore>().FindAsync(model.ClientId, default))! with { Id = Samples.NewId() };
        app = app with
        {
            DeveloperId = developerId ?? await NewDeveloperAsync(server, model.DeveloperId),
            SigningSecrets = [server.Get<SigningSecrets>().Seal(app.Id, model.ClientSecret)],
        };
        Assert.True(await server.Get<IAppStore>().TryAddAsync(change is null ? app : change(app), default));
        if (await server.Get<ISubscriptionStore>().FindHomeAsync(model.ClientId, default) is { } home)
            Assert.True(await server.Get<ISubscriptionStore>().TryAddHomeAsync(home with { AppId = app.Id }, app.CreatedAt, default));
        return model with { ClientId = app.Id, DeveloperId = app.DeveloperId };
    }

    /// <summary>Changes the app as an operator would, and lets the server know at once.</summary>
    public static async Task ChangeAsync(this TestServer server, DemoData.DemoApp app, Func<App, App> change)
    {
        var store = server.Get<IAppStore>();
        Assert.True(await store.TryChangeAsync(change((await store.FindAsync(app.ClientId, default))!), default));
        server.Get<AppDirectory>().Clear();
    }

    /// <summary>The same of the app's developer.</summary>
    public static async Task ChangeDeveloperAsync(this TestServer server, DemoData.DemoApp app, Func<Developer, Developer> change)
    {
        var store = server.Get<IDeveloperStore>();
        Assert.True(await store.TryChangeAsync(change((await store.FindAsync(app.DeveloperId, default))!), default));
        server.Get<AppDirectory>().Clear();
    }

    private static async Task<long> NewDeveloperAsync(TestServer server, long model)
    {
        var developers = server.Get<IDeveloperStore>();
        var developer = (await developers.FindAsync(model, default))! with { Id = Samples.NewId() };
        Assert.True(await developers.TryAddAsync(developer, default));
        return developer.Id;
    }
}
