using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Server.Stores;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>Gives apps accounts at the sandbox's WeChat, and takes them away.</summary>
internal sealed class WeChatSeeds(WeChatAccounts accounts)
{
    private const int LongestSecret = 128;

    /// <summary>Those that are listed, and no others here; nothing changes where nothing is said.</summary>
    public async Task<Problem?> PutAsync(long appId, IReadOnlyList<WeChatSeed>? seeds, CancellationToken ct)
    {
        if (seeds is null)
            return null;

        foreach (var account in await ListAsync(appId, ct))
        {
            if (!seeds.Any(seed => seed.Kind == WeChatKinds.NameOf(account.Kind)))
                await accounts.TryRemoveAsync(appId, account.Kind, ct);
        }

        foreach (var seed in seeds)
        {
            var account = WeChatPeople.AccountsFor(appId).Single(one => WeChatKinds.NameOf(one.Kind) == seed.Kind);
            if (!await accounts.TryPutAsync(account with { Secret = seed.Secret ?? account.Secret }, ct))
                return Problem.Conflict($"wechat: the original id {account.OriginalId} is another app's.");
        }

        return null;
    }

    public async Task<IReadOnlyList<WeChatSeed>> DescribeAsync(long appId, CancellationToken ct) =>
        [.. (await ListAsync(appId, ct)).Select(account => new WeChatSeed(WeChatKinds.NameOf(account.Kind), account.Secret))];

    public void Forget(long appId) => accounts.OnChanged(new(ChangeKind.App, appId));

    public static string? FaultOf(IReadOnlyList<WeChatSeed>? seeds)
    {
        var kinds = string.Join(" or ", WeChatKinds.Names);
        foreach (var (at, seed) in (seeds ?? []).Index())
        {
            if (seed is null || !WeChatKinds.Names.Contains(seed.Kind))
                return $"wechat[{at}].kind: {kinds}.";
            if (seed.Secret is { Length: 0 or > LongestSecret })
                return $"wechat[{at}].secret: up to {LongestSecret} characters, or nothing for the right one.";
            if (seeds!.Take(at).Any(other => other.Kind == seed.Kind))
                return $"wechat[{at}].kind: {seed.Kind} is there twice.";
        }

        return null;
    }

    /// <summary>Those that it has here: one at another WeChat is the operator's, and is left alone.</summary>
    private async Task<IEnumerable<WeChatAccount>> ListAsync(long appId, CancellationToken ct)
    {
        var known = WeChatPeople.AccountsFor(appId);
        return (await accounts.ListAsync(appId, ct))
            .Where(account => known.Any(one => (one.WeChatAppId, one.BaseUrl) == (account.WeChatAppId, account.BaseUrl)));
    }
}
