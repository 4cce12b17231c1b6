using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Upstreams.WeChat;

/// <summary>The access token of each account: kept in memory, shared by the nodes, and renewed in time by one of them.</summary>
internal sealed class WeChatTokens(
    IUpstreamTokenStore store, UpstreamSeal seal, WeChatTransport transport, IAppClock clock, TimeProvider time,
    IOptions<UpstreamOptions> options)
{
    private const string Purpose = "token";
    private const int LongestToken = 8 * 1024;

    private static readonly TimeSpan s_beforeLookingAgain = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<(long AppId, WeChatKind Kind), Held> _held = new();

    /// <param name="refused">A token that WeChat no longer takes: another one is wanted.</param>
    public async Task<WeChatAnswer<string>> GetAsync(WeChatAccount account, string? refused, CancellationToken ct)
    {
        var held = _held.GetOrAdd((account.AppId, account.Kind), _ => new Held());
        if (held.Token is { } token && token.Serves(account, refused) && !IsDue(token))
            return token.Value;

        // One caller of this node at a time: the others find what it got.
        await held.Turn.WaitAsync(ct);
        try
        {
            return await RenewAsync(account, held, refused, ct);
        }
        finally
        {
            held.Turn.Release();
        }
    }

    public void Clear() => _held.Clear();

    private async Task<WeChatAnswer<string>> RenewAsync(WeChatAccount account, Held held, string? refused, CancellationToken ct)
    {
        var owner = Guid.NewGuid();
        var kind = WeChatKinds.StoredAs(account.Kind);
        var waitUntil = time.GetUtcNow() + options.Value.Lease;
        while (true)
        {
            held.Token = await FindAsync(account, ct);
            if (held.Token is { } token && token.Serves(account, refused) && !IsDue(token))
                return token.Value;

            if (await store.TryLeaseAsync(account.AppId, kind, owner, options.Value.Lease, ct))
                return await RenewLeasedAsync(account, held, refused, owner, ct);

            // Another node is about it. What is left of the old token does until then.
            if (held.Token is { } old && old.Serves(account, refused) && clock.Now < old.ExpiresAt)
                return old.Value;

            if (time.GetUtcNow() >= waitUntil)
                return WeChatFault.Unavailable("another node did not get a token in time");

            await Task.Delay(s_beforeLookingAgain, time, ct);
        }
    }

    private async Task<WeChatAnswer<string>> RenewLeasedAsync(
        WeChatAccount account, Held held, string? refused, Guid owner, CancellationToken ct)
    {
        var kind = WeChatKinds.StoredAs(account.Kind);
        var stored = false;
        try
        {
            // Between the look and the lease another node may have been at its end.
            held.Token = await FindAsync(account, ct);
            if (held.Token is { } found && found.Serves(account, refused) && !IsDue(found))
                return found.Value;

            var (token, fault) = await AskAsync(account, refused, ct);
            if (token is null)
                return held.Token is { } old && old.Serves(account, refused) && clock.Now < old.ExpiresAt ? old.Value : fault!;

            var @sealed = seal.Seal(Purpose, account.AppId, kind, Encoding.UTF8.GetBytes(token.Value));
            stored = await store.TryPutAsync(account.AppId, kind, owner, new(@sealed, token.ExpiresAt), ct);
            held.Token = token;
            return token.Value;
        }
        finally
        {
            if (!stored)
                await store.ReleaseAsync(account.AppId, kind, owner, CancellationToken.None);
        }
    }

    private async Task<Token?> FindAsync(WeChatAccount account, CancellationToken ct)
    {
        var kind = WeChatKinds.StoredAs(account.Kind);
        return await store.FindAsync(account.AppId, kind, ct) is { } stored
            && await seal.OpenAsync(Purpose, account.AppId, kind, stored.Sealed, ct) is { } plain
            ? new Token(Encoding.UTF8.GetString(plain), account.WeChatAppId, stored.ExpiresAt)
            : null;
    }

    /// <summary>A stable token stays the same while it is good; only when that is the one that was refused, another is forced.</summary>
    private async Task<(Token? Token, WeChatFault? Fault)> AskAsync(WeChatAccount account, string? refused, CancellationToken ct)
    {
        var (token, fault) = Read(account, await AskStableAsync(account, force: false, ct));
        if (token is not null && token.Value == refused)
            (token, fault) = Read(account, await AskStableAsync(account, force: true, ct));
        if (fault is { IsUnknownOperation: true })
        {
            (token, fault) = Read(account, await transport.GetAsync(account, "/cgi-bin/token",
                [("grant_type", "client_credential"), ("appid", account.WeChatAppId), ("secret", account.Secret)], ct, twice: true));
        }

        // Here the same number says that the secret is wrong, and another token would not help.
        return (token, fault is { Kind: WeChatFaultKind.TokenInvalid } ? fault with { Kind = WeChatFaultKind.Refused } : fault);
    }

    private Task<WeChatAnswer<WeChatBody>> AskStableAsync(WeChatAccount account, bool force, CancellationToken ct) => transport.PostAsync(
        account, "/cgi-bin/stable_token", [],
        new { grant_type = "client_credential", appid = account.WeChatAppId, secret = account.Secret, force_refresh = force }, ct,
        twice: true);

    private (Token? Token, WeChatFault? Fault) Read(WeChatAccount account, WeChatAnswer<WeChatBody> answer)
    {
        if (answer.Value is not { Root: var body })
            return (null, answer.Fault);

        return body.Text("access_token") is { Length: <= LongestToken } value && body.Number("expires_in") is > 0 and var seconds
            ? (new Token(value, account.WeChatAppId, clock.Now.AddSeconds(seconds)), null)
            : (null, WeChatFault.Unavailable("the answer holds no token"));
    }

    private bool IsDue(Token token) => clock.Now >= token.ExpiresAt - options.Value.RenewBefore;

    private sealed class Held
    {
        private volatile Token? _token;

        public SemaphoreSlim Turn { get; } = new(1);

        public Token? Token
        {
            get => _token;
            set => _token = value;
        }
    }

    private sealed record Token(string Value, string WeChatAppId, DateTimeOffset ExpiresAt)
    {
        /// <summary>An account may have been set anew since.</summary>
        public bool Serves(WeChatAccount account, string? refused) => WeChatAppId == account.WeChatAppId && Value != refused;
    }
}
