using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Sandbox.Seeds;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Sandbox;

/// <summary>Gives an empty database the demo data, or what the seed says.</summary>
internal sealed class DemoDataFirstRun(IAppStore apps, IRemoval removal, SandboxBeginning beginning) : IFirstRun
{
    private bool _begun, _set;

    /// <summary>Called again when storage went away in the middle: what was begun is brought to its end.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        _begun |= (await apps.ListAsync(after: 0, take: 1, ct)).Count == 0 || await HasBrokenOffAsync(ct);
        if (_begun)
            await PlantAsync(ct);
        if (!_set)
            beginning.Set();
        _set = true;
    }

    private async Task PlantAsync(CancellationToken ct)
    {
        try
        {
            await beginning.PlantAsync(ct);
        }
        catch (OptionsValidationException)
        {
            // A database without apps counts as empty, so that the next start takes the seed that is mended.
            while (await apps.ListAsync(after: 0, take: 100, ct) is { Count: > 0 } planted)
                await removal.RemoveAsync(new Belongings { Apps = [.. planted.Select(app => app.Id)] }, ct);
            throw;
        }
    }

    /// <summary>Whether a program ended between the first of the demo apps, which come last, and the last.</summary>
    private async Task<bool> HasBrokenOffAsync(CancellationToken ct)
    {
        if (!beginning.HasDemo)
            return false;

        var there = 0;
        foreach (var app in DemoData.Apps)
        {
            if (await apps.FindAsync(app.ClientId, ct) is not null)
                there++;
        }

        return there > 0 && there < DemoData.Apps.Count;
    }
}
