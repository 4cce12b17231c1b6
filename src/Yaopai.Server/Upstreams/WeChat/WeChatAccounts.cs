using System.Text.Json;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Upstreams.WeChat;

/// <summary>The WeChat accounts of apps, opened and kept in memory until they change.</summary>
internal sealed class WeChatAccounts : IChangeListener
{
    private const string Purpose = "settings";

    private readonly IUpstreamAccountStore _store;
    private readonly UpstreamSeal _seal;
    private readonly ReadThroughCache<long, IReadOnlyList<WeChatAccount>> _accounts;

    public WeChatAccounts(IUpstreamAccountStore store, UpstreamSeal seal)
    {
        (_store, _seal) = (store, seal);
        _accounts = new(10_000, ReadAsync);
    }

    /// <summary>Null when the app has none of the kind.</summary>
    public async ValueTask<WeChatAccount?> FindAsync(long appId, WeChatKind kind, CancellationToken ct) =>
        (await ListAsync(appId, ct)).FirstOrDefault(account => account.Kind == kind);

    public async ValueTask<IReadOnlyList<WeChatAccount>> ListAsync(long appId, CancellationToken ct) =>
        await _accounts.FindAsync(appId, ct) ?? [];

    /// <summary>The account that WeChat calls so in what it pushes.</summary>
    public async Task<WeChatAccount?> FindByOriginalIdAsync(string originalId, CancellationToken ct)
    {
        foreach (var kind in Enum.GetValues<WeChatKind>())
        {
            if (await _store.FindByAddressAsync(WeChatKinds.StoredAs(kind), originalId, ct) is { } stored)
                return await FindAsync(stored.AppId, kind, ct);
        }

        return null;
    }

    /// <summary>False when another app has the original id.</summary>
    public async Task<bool> TryPutAsync(WeChatAccount account, CancellationToken ct)
    {
        var settings = new Settings(
            account.WeChatAppId, account.Secret, account.OriginalId, account.PushToken, account.EncodingAesKey, account.BaseUrl);
        var kind = WeChatKinds.StoredAs(account.Kind);
        var @sealed = _seal.Seal(Purpose, account.AppId, kind, JsonSerializer.SerializeToUtf8Bytes(settings));
        var put = await _store.TryPutAsync(new(account.AppId, kind, account.OriginalId, @sealed), ct);
        _accounts.Forget(account.AppId);
        return put;
    }

    /// <summary>False when there is none.</summary>
    public async Task<bool> TryRemoveAsync(long appId, WeChatKind kind, CancellationToken ct)
    {
        var removed = await _store.TryRemoveAsync(appId, WeChatKinds.StoredAs(kind), ct);
        _accounts.Forget(appId);
        return removed;
    }

    public void OnChanged(Change change)
    {
        if (change.Kind is ChangeKind.App)
            _accounts.Forget(change.Id);
    }

    public void Clear() => _accounts.Clear();

    /// <summary>What does not open, because its key is gone, is none.</summary>
    private async Task<IReadOnlyList<WeChatAccount>?> ReadAsync(long appId, CancellationToken ct)
    {
        var accounts = new List<WeChatAccount>();
        foreach (var stored in await _store.ListAsync(appId, ct))
        {
            if (WeChatKinds.Find(stored.Kind) is { } kind
                && await _seal.OpenAsync(Purpose, appId, stored.Kind, stored.Settings, ct) is { } plain)
                accounts.Add(Open(appId, kind, JsonSerializer.Deserialize<Settings>(plain)!));
        }

        return accounts;
    }

    private static WeChatAccount Open(long appId, WeChatKind kind, Settings settings) => new()
    {
        AppId = appId,
        Kind = kind,
        WeChatAppId = settings.WeChatAppId,
        Secret = settings.Secret,
        OriginalId = settings.OriginalId,
        PushToken = settings.PushToken,
        EncodingAesKey = settings.EncodingAesKey,
        BaseUrl = settings.BaseUrl,
    };

    private sealed record Settings(
        string WeChatAppId, string Secret, string? OriginalId, string? PushToken, string? EncodingAesKey, string BaseUrl);
}
