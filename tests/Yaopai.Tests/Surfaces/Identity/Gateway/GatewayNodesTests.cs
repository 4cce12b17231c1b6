using System.Globalization;
using Yaopai.Server.Apps;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.IdentityErrors;

namespace Yaopai.Tests.Surfaces.Identity.Gateway;

/// <summary>What holds to the second, and on every node: two nodes over one database, whose clock stands still.</summary>
public sealed class GatewayNodesTests(GatewayNodesTests.Nodes nodes) : IClassFixture<GatewayNodesTests.Nodes>, IAsyncLifetime
{
    private GatewayCaller _one = null!;
    private GatewayCaller _other = null!;

    public async ValueTask InitializeAsync()
    {
        var app = await nodes.One.NewAppAsync();
        _one = new GatewayCaller(nodes.One, app);
        _other = new GatewayCaller(nodes.Other, app);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(-1200)]
    [InlineData(0)]
    [InlineData(1200)]
    public async Task Exactly_twenty_minutes_either_way_are_accepted(int seconds)
    {
        await (await _one.GetAsync("user/query", Dated(seconds))).ShouldServeAsync();
        await (await _one.GetAsync("user/query", Dated(seconds, "yyyyMMddHHmmss"))).ShouldServeAsync();
    }

    [Theory]
    [InlineData(-1201)]
    [InlineData(1201)]
    public async Task A_second_more_is_refused_before_anything_is_said_of_the_app(int seconds)
    {
        await (await _one.GetAsync("user/query", Dated(seconds))).ShouldBeAsync(E.Gateway.DateTimeOutsideWindow);
        await (await _one.GetAsync("user/query", Dated(seconds, "yyyyMMddHHmmss"))).ShouldBeAsync(E.Gateway.DateTimeOutsideWindow);
        await (await _one.GetAsync("user/query", Dated(seconds), ("appid", "1"))).ShouldBeAsync(E.Gateway.DateTimeOutsideWindow);
    }

    [Fact]
    public async Task A_signature_that_one_node_took_no_other_takes()
    {
        foreach (var seconds in new[] { -1200, 0, 1200 })
        {
            var signed = _one.Sign([Dated(seconds)]);

            await (await PostAsync(nodes.One, "user/query", signed)).ShouldServeAsync();
            await (await PostAsync(nodes.Other, "user/query", signed)).ShouldBeAsync(E.Gateway.SignatureIncorrect);
            await (await PostAsync(nodes.One, "user/query", signed)).ShouldBeAsync(E.Gateway.SignatureIncorrect);
        }
    }

    [Fact]
    public async Task Of_ten_calls_on_two_nodes_with_one_signature_one_is_done()
    {
        var signed = _one.Sign([Dated(0), ("name", $"created {Samples.NewId()}")]);

        var codes = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            var response = await PostAsync(i % 2 == 0 ? nodes.One : nodes.Other, "user/create", signed);
            return (await response.JsonAsync()).GetProperty("code").GetString();
        }));

        Assert.Single(codes, "0");
        Assert.Equal(9, codes.Count(code => code is "API_SYS_REQSIGN"));
    }

    [Fact]
    public async Task A_request_id_is_done_once_on_all_nodes()
    {
        (string, string?)[] request = [("name", $"created {Samples.NewId()}"), ("requestid", "r:1"), Dated(0)];
        var first = await (await _one.PostAsync("user/create", request)).Content.ReadAsStringAsync();

        Assert.Contains("\"code\":\"0\"", first);
        Assert.Equal(first, await (await _other.PostAsync("user/create", request)).Content.ReadAsStringAsync());
        await (await _other.PostAsync("user/create", [.. request, ("nickname", "else")])).ShouldBeAsync(E.Gateway.ParameterMissing);
    }

    [Fact]
    public async Task A_person_whom_one_node_put_away_is_away_on_the_other()
    {
        var openId = ("openid", (string?)_one.OpenIdOf(await _one.NewPersonAsync()));
        await (await _one.PostAsync("user/recycle", openId, Dated(0))).ShouldServeAsync();

        await (await _other.PostAsync("user/recycle", openId, Dated(0))).ShouldBeAsync(E.User.UserRecycled);
        await (await _other.PostAsync("user/restore", openId, Dated(0))).ShouldServeAsync();
        await (await _one.PostAsync("user/restore", openId, Dated(0))).ShouldBeAsync(E.Gateway.ParameterMissing);
    }

    private static Task<HttpResponseMessage> PostAsync(TestServer node, string path, (string Name, string? Value)[] signed) =>
        node.Http.PostAsync(GatewayCaller.Root + path, HuaweiCaller.Form(signed));

    private static (string Name, string? Value) Dated(int seconds, string format = "yyyy-MM-dd HH:mm:ss") =>
        ("datetime", Still.Noon.AddSeconds(seconds).ToOffset(TimeSpan.FromHours(8)).ToString(format, CultureInfo.InvariantCulture));

    public sealed class Nodes : IAsyncLifetime
    {
        private readonly OnSqlite _engine = new();

        public TestServer One { get; private set; } = null!;

        public TestServer Other { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await _engine.InitializeAsync();
            One = await TestServer.StartAtAsync(_engine, new Still());
            Other = await TestServer.StartAtAsync(_engine, new Still());
        }

        public async ValueTask DisposeAsync()
        {
            await Other.DisposeAsync();
            await One.DisposeAsync();
            await _engine.DisposeAsync();
        }
    }

    /// <summary>Stands on a whole second of today.</summary>
    private sealed class Still : IAppClock
    {
        public static readonly DateTimeOffset Noon = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

        public DateTimeOffset Now => Noon;

        public DateTimeOffset NowFor(long appId) => Noon;
    }
}
