using SignIn;
using Yaopai.Testing;

[assembly: AssemblyFixture(typeof(Platform))]

namespace SignIn;

/// <summary>One server for all tests: one in this process, or the one that YAOPAI_URL names.</summary>
public sealed class Platform : IAsyncLifetime
{
    public YaopaiSandbox Sandbox { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Sandbox = Environment.GetEnvironmentVariable("YAOPAI_URL") is { Length: > 0 } url
            ? await YaopaiSandbox.ConnectAsync(new Uri(url))
            : await YaopaiSandbox.StartAsync();

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();
}

/// <summary>Each test has a world to itself: xunit makes an object of the class for each.</summary>
public abstract class InItsOwnWorld(Platform platform) : IAsyncLifetime
{
    protected YaopaiWorld World { get; private set; } = null!;

    protected HttpClient Http => platform.Sandbox.Http;

    protected HuaweiAccount Account => new(Http, World.App.ClientId, World.App.ClientSecret);

    public async ValueTask InitializeAsync() => World = await platform.Sandbox.CreateWorldAsync();

    public ValueTask DisposeAsync() => World.DisposeAsync();

    protected async Task<string> CodeAsync() => (await World.SignInAsync(World.User("mainland"), "openid profile")).Code;
}
