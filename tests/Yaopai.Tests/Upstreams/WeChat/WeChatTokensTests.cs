using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Keys;
using Yaopai.Server.Storage.Sql.Upstreams;
using Yaopai.Server.Upstreams.WeChat;
using Yaopai.Tests.Keys;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Upstreams.WeChat;

public sealed class SqliteWeChatTokensTests(OnSqlite engine) : WeChatTokensContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresWeChatTokensTests(OnPostgres engine) : WeChatTokensContract(engine), IClassFixture<OnPostgres>;

public abstract class WeChatTokensContract(Engine engine) : IAsyncLifetime
{
    private readonly Rings _rings = new();
    private readonly FakeTimeProvider _clock = new(Samples.Noon);
    private int _given;

    private KeyRing _keys = null!;

    public async ValueTask InitializeAsync() => _keys = await _rings.StartAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Of_many_callers_on_two_nodes_one_gets_the_token_for_all()
    {
        await using var answers = await GivingAsync();
        using var one = Node();
        using var two = Node();
        var account = UpstreamNode.Account(answers.BaseUrl);

        var tokens = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? one : two).Tokens.GetAsync(account, refused: null, default)));

        Assert.All(tokens, token => Assert.Equal("token-1", token.Value));
        Assert.Single(answers.Asked);
    }

    [Fact]
    public async Task It_is_renewed_before_it_expires_and_used_until_then()
    {
        await using var answers = await GivingAsync();
        using var node = Node();
        var account = UpstreamNode.Account(answers.BaseUrl);

        Assert.Equal("token-1", await TokenAsync(node, account));
        _clock.Advance(TimeSpan.FromMinutes(114));
        Assert.Equal("token-1", await TokenAsync(node, account));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("token-2", await TokenAsync(node, account));
    }

    [Fact]
    public async Task While_another_node_renews_it_what_is_left_of_the_old_one_does()
    {
        await using var answers = await GivingAsync();
        using var node = Node();
        var account = UpstreamNode.Account(answers.BaseUrl);
        await TokenAsync(node, account);
        _clock.Advance(TimeSpan.FromMinutes(117));
        var store = new SqlUpstreamTokenStore(engine.Database);
        Assert.True(await store.TryLeaseAsync(account.AppId, "wechat-official", Guid.NewGuid(), TimeSpan.FromMinutes(1), default));

        Assert.Equal("token-1", await TokenAsync(node, account));
        Assert.Single(answers.Asked);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_replaced_at_once_and_the_question_asked_again_once()
    {
        await using var answers = await GivingAsync(refusing: "token-1");
        using var node = Node();
        var account = UpstreamNode.Account(answers.BaseUrl);

        Assert.NotNull((await node.Client.SendTextAsync(account, "oA", "Hello", default)).Value);
        Assert.Equal(
            ["/cgi-bin/stable_token", "/cgi-bin/message/custom/send", "/cgi-bin/stable_token", "/cgi-bin/message/custom/send"],
            answers.Asked.Select(asked => asked.Path));
    }

    [Fact]
    public async Task A_stable_token_that_stays_the_same_though_refused_is_forced()
    {
        var forced = 0;
        await using var answers = await Answers.StartAsync(async http =>
        {
            if (http.Request.Path.Value is "/cgi-bin/stable_token")
            {
                // The body is read already: the second question for one refusal is the one that forces.
                await http.Response.WriteAsync($$"""{"access_token":"{{(++forced < 3 ? "old" : "new")}}","expires_in":7200}""");
                return;
            }

            await http.Response.WriteAsync(
                http.Request.QueryString.Value is "?access_token=new" ? """{"errcode":0}""" : """{"errcode":42001}""");
        });
        using var node = Node();

        Assert.NotNull((await node.Client.SendTextAsync(UpstreamNode.Account(answers.BaseUrl), "oA", "Hello", default)).Value);
        Assert.Equal(
            [false, false, true],
            answers.Asked.Where(asked => asked.Path is "/cgi-bin/stable_token")
                .Select(asked => asked.Body.Contains("\"force_refresh\":true", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Where_stable_tokens_are_unknown_the_plain_ones_are_asked_for()
    {
        await using var answers = await Answers.StartAsync(async http =>
        {
            if (http.Request.Path.Value is "/cgi-bin/token")
                await http.Response.WriteAsync("""{"access_token":"plain","expires_in":7200}""");
            else
                http.Response.StatusCode = 404;
        });
        using var node = Node();

        Assert.Equal("plain", await TokenAsync(node, UpstreamNode.Account(answers.BaseUrl)));
    }

    [Fact]
    public async Task A_wrong_secret_is_a_refusal_and_the_next_caller_asks_anew()
    {
        await using var answers = await Answers.SayAsync("""{"errcode":40001,"errmsg":"invalid credential"}""");
        using var node = Node();
        var account = UpstreamNode.Account(answers.BaseUrl);

        Assert.Equal(WeChatFaultKind.Refused, (await node.Tokens.GetAsync(account, refused: null, default)).Fault!.Kind);
        Assert.Equal(WeChatFaultKind.Refused, (await node.Tokens.GetAsync(account, refused: null, default)).Fault!.Kind);
        Assert.Equal(2, answers.Asked.Count);
    }

    [Fact]
    public async Task An_upstream_that_is_away_when_a_token_is_due_leaves_the_old_one_in_use()
    {
        using var node = Node();
        WeChatAccount account;
        await using (var answers = await GivingAsync())
        {
            account = UpstreamNode.Account(answers.BaseUrl);
            await TokenAsync(node, account);
        }

        _clock.Advance(TimeSpan.FromMinutes(117));
        Assert.Equal("token-1", await TokenAsync(node, account));

        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(WeChatFaultKind.Unavailable, (await node.Tokens.GetAsync(account, refused: null, default)).Fault!.Kind);
    }

    [Fact]
    public async Task An_account_that_is_set_anew_keeps_no_token_and_its_secrets_are_sealed()
    {
        await using var answers = await GivingAsync();
        using var node = Node();
        var account = UpstreamNode.Account(answers.BaseUrl) with { OriginalId = $"gh_{Guid.NewGuid():n}", PushToken = "pushtoken" };
        Assert.True(await node.Accounts.TryPutAsync(account, default));
        await TokenAsync(node, account);

        var stored = Assert.Single(await new SqlUpstreamAccountStore(engine.Database).ListAsync(account.AppId, default));
        Assert.DoesNotContain(account.Secret, System.Text.Encoding.Latin1.GetString(stored.Settings), StringComparison.Ordinal);
        Assert.Equal(account, await node.Accounts.FindByOriginalIdAsync(account.OriginalId, default));
        Assert.False(await node.Accounts.TryPutAsync(account with { AppId = Samples.NewId() }, default)); // its original id is taken

        Assert.True(await node.Accounts.TryPutAsync(account with { Secret = "another" }, default));
        Assert.Null(await new SqlUpstreamTokenStore(engine.Database).FindAsync(account.AppId, "wechat-official", default));
        Assert.Equal("another", (await node.Accounts.FindAsync(account.AppId, WeChatKind.OfficialAccount, default))!.Secret);

        Assert.True(await node.Accounts.TryRemoveAsync(account.AppId, WeChatKind.OfficialAccount, default));
        Assert.False(await node.Accounts.TryRemoveAsync(account.AppId, WeChatKind.OfficialAccount, default));
        Assert.Null(await node.Accounts.FindAsync(account.AppId, WeChatKind.OfficialAccount, default));
    }

    [Fact]
    public async Task A_lease_is_one_owners_until_it_ends()
    {
        var store = new SqlUpstreamTokenStore(engine.Database);
        var app = Samples.NewId();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var token = new Yaopai.Server.Upstreams.StoredUpstreamToken([1, 2], Samples.Noon);

        Assert.True(await store.TryLeaseAsync(app, "kind", first, TimeSpan.FromMinutes(1), default));
        Assert.False(await store.TryLeaseAsync(app, "kind", second, TimeSpan.FromMinutes(1), default));
        Assert.False(await store.TryPutAsync(app, "kind", second, token, default));
        await store.ReleaseAsync(app, "kind", second, default);
        Assert.False(await store.TryLeaseAsync(app, "kind", second, TimeSpan.FromMinutes(1), default));

        Assert.True(await store.TryPutAsync(app, "kind", first, token, default));
        Assert.Equal(Samples.Noon, (await store.FindAsync(app, "kind", default))!.ExpiresAt);
        Assert.True(await store.TryLeaseAsync(app, "kind", second, -TimeSpan.FromSeconds(1), default));
        Assert.True(await store.TryLeaseAsync(app, "kind", first, TimeSpan.FromMinutes(1), default)); // the one before ran out
    }

    private UpstreamNode Node() => new(engine.Database, _keys, _clock);

    private static async Task<string?> TokenAsync(UpstreamNode node, WeChatAccount account) =>
        (await node.Tokens.GetAsync(account, refused: null, default)).Value;

    /// <summary>Gives a new token each time that it is asked for one.</summary>
    private Task<Answers> GivingAsync(string refusing = "") => Answers.StartAsync(http => http.Response.WriteAsync(
        http.Request.Path.Value is "/cgi-bin/stable_token"
            ? $$"""{"access_token":"token-{{Interlocked.Increment(ref _given)}}","expires_in":7200}"""
            : http.Request.QueryString.Value == $"?access_token={refusing}" ? """{"errcode":40001}""" : """{"errcode":0}"""));
}
