using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Apps;
using Yaopai.Server.Keys;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Upstreams;
using Yaopai.Server.Upstreams;
using Yaopai.Server.Upstreams.WeChat;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Upstreams.WeChat;

/// <summary>What one node has of WeChat, over a database that it shares with others.</summary>
internal sealed class UpstreamNode : IDisposable
{
    private readonly UpstreamHttp _http;

    /// <param name="clock">Of tokens; requests and leases follow the wall clock.</param>
    public UpstreamNode(
        Database database, KeyRing keys, FakeTimeProvider? clock = null, TimeSpan? timeout = null, IUpstreamSeam? seam = null)
    {
        var options = Options.Create(new UpstreamOptions { Timeout = timeout ?? TimeSpan.FromSeconds(30) });
        var seal = new UpstreamSeal(keys);
        _http = new UpstreamHttp(options, seam);
        var transport = new WeChatTransport(_http, options, TimeProvider.System, NullLogger<WeChatTransport>.Instance);
        Accounts = new WeChatAccounts(new SqlUpstreamAccountStore(database), seal);
        Tokens = new WeChatTokens(
            new SqlUpstreamTokenStore(database), seal, transport, new WallClock(clock ?? TimeProvider.System), TimeProvider.System,
            options);
        Client = new WeChatClient(transport, Tokens);
    }

    public WeChatAccounts Accounts { get; }

    public WeChatTokens Tokens { get; }

    public WeChatClient Client { get; }

    public static WeChatAccount Account(string baseUrl, WeChatKind kind = WeChatKind.OfficialAccount) => new()
    {
        AppId = Samples.NewId(),
        Kind = kind,
        WeChatAppId = "wx0123456789abcdef",
        Secret = "a secret & more",
        BaseUrl = baseUrl,
    };

    public void Dispose() => _http.Dispose();
}
