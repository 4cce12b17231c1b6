using Microsoft.Extensions.Options;
using Yaopai.Server.Gateway;
using Yaopai.Server.Hosting;
using Yaopai.Server.Sandbox.Seeds;
using Yaopai.Server.Upstreams;

namespace Yaopai.Server.Sandbox;

/// <summary>What to open, and as whom, for those who have just started the sandbox.</summary>
internal sealed class DemoIntroduction(
    IHostEnvironment environment, IOwnAddress own, IOptions<GatewayOptions> gateway, SandboxBeginning beginning) : IIntroduction
{
    /// <summary>Where the sign-in button of the app leads, on this server.</summary>
    public static string SignInOf(DemoData.DemoApp app) => $"/huawei/oauth2/v3/authorize?response_type=code&client_id={app.ClientId}"
        + $"&redirect_uri={app.RedirectUri}&scope=openid+profile+phone&state=s1";

    public IEnumerable<(string What, string Where)> Lines()
    {
        var address = gateway.Value.PublicAddress is { } opened ? $"{opened.TrimEnd('/')}/" : $"{own.Find()}";
        if (!environment.IsDevelopment())
        {
            yield return ("Sandbox", $"{address}sandbox, with \"Authorization: Bearer\" and the admin key");
            yield break;
        }

        var app = DemoData.Apps[0];
        yield return ("Open", address);
        if (beginning.HasDemo)
        {
            yield return ("Sign in", $"{address}{SignInOf(app)[1..]}");
            yield return ("People", $"{string.Join(", ", DemoData.Users.Select(user => user.Name))}; password {DemoData.Password}");
            yield return ("App", $"client_id {app.ClientId}, client_secret {app.ClientSecret}");
        }

        yield return ("Errors", $"{address}errors");
        yield return ("Sandbox", $"{address}sandbox");
    }
}
