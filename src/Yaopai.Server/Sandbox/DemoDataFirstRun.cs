using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Sandbox;

/// <summary>Gives an empty database the demo data.</summary>
internal sealed class DemoDataFirstRun(
    IAccountGroupStore groups, IDeveloperStore developers, IAppStore apps, IAccountStore accounts, RealNameDirectory realNames, TimeProvider time) : IFirstRun
{
    public async Task RunAsync(CancellationToken ct)
    {
        if ((await apps.ListAsync(after: 0, take: 1, ct)).Count == 0)
            await DemoData.AddAsync(groups, developers, apps, accounts, realNames, time, ct);
    }
}
