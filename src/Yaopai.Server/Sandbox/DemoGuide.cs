using Yaopai.Server.Gateway;
using Yaopai.Server.Journal;
using Yaopai.Server.Pages.Start;
using Yaopai.Server.Sandbox.Coverage;
using Yaopai.Server.Sandbox.Endpoints;
using Yaopai.Server.Sandbox.Requests;
using Yaopai.Server.Sandbox.Seeds;

namespace Yaopai.Server.Sandbox;

/// <summary>What there is to try, on the start page of a server in Development: everybody knows these secrets.</summary>
internal sealed class DemoGuide(IHostEnvironment environment, SandboxBeginning beginning, RequestJournal journal) : IStartGuide
{
    public StartGuide? Find(HttpRequest request)
    {
        if (!environment.IsDevelopment() || !beginning.HasDemo)
            return null;

        var app = DemoData.Apps[0];
        return new StartGuide(
            DemoIntroduction.SignInOf(app),
            new StartPlaces(
                journal.IsOn ? RequestEndpoints.Path : null,
                CoverageEndpoints.Path,
                WorldEndpoints.Path,
                FaultEndpoints.KindsPath,
                DemoEndpoints.Path),
            [.. DemoData.Users.Select(user => user.Name)],
            DemoData.Password,
            [.. DemoData.Apps.Select(known => (known.Name, known.ClientId))],
            $"curl {PublicAddress.OriginOf(request)}{request.PathBase}/huawei/oauth2/v3/token -d grant_type=client_credentials "
                + $"-d client_id={app.ClientId} -d client_secret={app.ClientSecret}");
    }
}
