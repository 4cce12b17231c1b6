using Yaopai.Server.Credentials;
using Yaopai.Server.Sandbox.Chance;
using Yaopai.Server.Sandbox.Seeds;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Sandbox;

/// <summary>Back to the beginning: data, clocks, faults, quotas and everything that was kept in memory.</summary>
internal sealed class SandboxReset(
    IWipe storage, SandboxBeginning beginning, SandboxMemory memory, RevocationList revocations, Revoker revoker, RandomStreams chance)
{
    public async Task ResetAsync(CancellationToken ct)
    {
        memory.Clear();
        await storage.WipeAsync(ct);
        await beginning.PlantAsync(ct);
        memory.Clear();
        revocations.SetVoid([]);
        await revoker.RevokeEverythingAsync(ct); // what was used or revoked is forgotten, and must not come back to life
        beginning.Set();
        chance.Clear();
    }
}
