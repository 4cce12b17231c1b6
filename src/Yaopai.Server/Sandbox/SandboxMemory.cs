using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Journal;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Server.Sandbox.Worlds;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Sandbox;

/// <summary>Everything that is kept in memory, of a database that is another all at once.</summary>
internal sealed class SandboxMemory(
    AppDirectory apps, AccountDirectory accounts, TenantDirectory tenants, RevocationList revocations, Quotas quotas,
    AddressFailures addressFailures, AppFailures appFailures, WorldDirectory worlds, WeChatAccounts weChatAccounts,
    WeChatTokens weChatTokens, WeChatMemory weChat, SandboxMessages messages, SandboxClock clock, Faults faults, RequestJournal journal,
    MetErrors met)
{
    public void Clear()
    {
        faults.Clear();
        clock.Clear();
        apps.Clear();
        accounts.Clear();
        tenants.Clear();
        revocations.Clear();
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
