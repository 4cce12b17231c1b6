using Microsoft.Extensions.Options;
using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Gateway;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Surfaces.Identity.WeChat;

/// <summary>Makes QR codes at WeChat, and the scenes that wait for them to be scanned.</summary>
internal sealed class QrMaker(
    WeChatAccounts accounts, WeChatClient client, ScanScenes scenes, Quotas quotas, IOptions<IdentityOptions> options)
{
    /// <summary>The official account of the app that calls; null where it has none.</summary>
    public ValueTask<WeChatAccount?> FindAccountAsync(Call call) => accounts.FindAsync(call.App!.Id, WeChatKind.OfficialAccount, call.Ct);

    /// <summary>Whether the address that calls may have one more made: WeChat grants an app only so many, and anybody can ask.</summary>
    public bool MayMake(Call call) => quotas.TryTake(call.Peer, "identity QR code", options.Value.QrCodesPerMinute);

    /// <summary>A secret for whoever shows the QR code, and the QR code; or why WeChat made none. Then nothing is kept.</summary>
    public async Task<(string Secret, WeChatQr? Qr, string? Fault)> MakeAsync(Call call, WeChatAccount account)
    {
        var secret = ScanScenes.NewSecret();
        var (qr, fault) = await client.CreateSceneQrAsync(account, ScanScenes.KeyOf(secret), ScanScenes.Lifetime, call.Ct);
        if (qr is null)
            return ("", null, fault!.Reason);

        await scenes.BeginAsync(secret, call.App!.Id, call.Ct);
        return (secret, qr, null);
    }
}
