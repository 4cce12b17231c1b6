using Yaopai.Server.Stores;

namespace Yaopai.Server.Sandbox;

/// <summary>Gives an empty database the demo data.</summary>
internal sealed class DemoDataFirstRun(DemoData.Stores stores) : IFirstRun
{
    private bool _begun;

    /// <summary>Called again when storage went away in the middle: what was begun is brought to its end.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        _begun |= (await stores.Apps.ListAsync(after: 0, take: 1, ct)).Count == 0 || await HasBrokenOffAsync(ct);
        if (_begun)
            await DemoData.AddAsync(stores, ct);
    }

    /// <summary>Whether a program ended between the first of the demo apps, which come last, and the last.</summary>
    private async Task<bool> HasBrokenOffAsync(CancellationToken ct)
    {
        var there = 0;
        foreach (var app in DemoData.Apps)
        {
            if (await stores.Apps.FindAsync(app.ClientId, ct) is not null)
                there++;
        }

        return there > 0 && there < DemoData.Apps.Count;
    }
}
