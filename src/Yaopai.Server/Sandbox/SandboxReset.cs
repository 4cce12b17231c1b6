using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Journal;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Server.Sandbox.Worlds;
using Yaopai.Server.Stores;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Sandbox;

/// <summary>Back to the beginning: data, clocks, faults, quotas and everything that was kept in memory.</summary>
internal sealed class SandboxReset(
    IWipe storage, DemoData.Stores stores, AppDirectory appDirectory, AccountDirectory accountDirectory, TenantDirectory tenantDirectory,
    RevocationList revocations, Revoker revoker, Quotas quotas, SandboxClock clock, Faults faults, AddressFailures addressFailures,
    AppFailures appFailures,
    WeChatAccounts weChatAccounts, WeChatTokens weChatTokens,
    WeChatMemory weChat, SandboxMessages messages, RequestJournal journal, MetErrors met, WorldDirectory worlds)
{
    public async Task ResetAsync(CancellationToken ct)
    {
        faults.Clear();
        clock.Clear();
        await storage.WipeAsync(ct);
        await DemoData.AddAsync(stores, ct);
        appDirectory.Clear();
        accountDirectory.Clear();
        tenantDirectory.Clear();
        revocations.Clear();
        await revoker.RevokeEverythingAsync(ct); // what was used or revoked is forgotten, and must not come back to life
        quotas.Clear();
        addressFailures.Clear();
        appFailures.Clear();
        worlds.Clear();
        weChatAccounts.Clear();
        weChatTokens.Clear();
        weChat.Clear();
        messages.Clear();
        journal.Clear();
        met.Clear();
    }
}
