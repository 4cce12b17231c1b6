using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Sandbox;

/// <summary>Gives an empty database the demo data.</summary>
internal sealed class DemoDataFirstRun(
    IAccountGroupStore groups, IDeveloperStore developers, IAppStore apps, IAccountStore accounts, RealNameDirectory realNames, TimeProvider time) : IFirstRun
{
    private bool _begun;

    /// <summary>Called again when storage went away in the middle: what was begun is brought to its end.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        _begun |= (await apps.ListAsync(after: 0, take: 1, ct)).Count == 0;
        if (_begun)
            await DemoData.AddAsync(groups, developers, apps, accounts, realNames, time, ct);
    }
}
