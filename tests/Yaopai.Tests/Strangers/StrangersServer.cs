using Microsoft.Extensions.Options;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.HuaweiAccount;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Strangers;

/// <summary>A server as OpenID Connect libraries want it: its issuer is the address where they find its discovery document.</summary>
public sealed class StrangersServer : ServerFixture
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        // Surfaces:HuaweiAccount:Issuer, which is read at each use: before the start nobody knows the port.
        Server.Get<IOptions<HuaweiAccountOptions>>().Value.Issuer = Issuer;
    }

    public string Origin => Server.Address.GetLeftPart(UriPartial.Authority);

    public string Issuer => $"{Origin}/huawei";

    /// <summary>An app that people have not allowed anything yet, so that they see the page of consent.</summary>
    /// <param name="paths">Where it takes codes, on loopback.</param>
    internal Task<DemoData.DemoApp> NewAppAsync(params string[] paths) => Server.NewAppAsync(app => app with
    {
        RedirectUris = [.. app.RedirectUris, .. paths.Select(path => $"http://127.0.0.1{path}")],
    });
}
