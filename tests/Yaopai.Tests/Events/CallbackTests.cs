using System.Net;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Events;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Events;

/// <summary>Where an app may have the server call, and where not.</summary>
public sealed class CallbackTests
{
    [Theory]
    [InlineData("https://app.example/events")]
    [InlineData("https://app.example:8443/events?key=1")]
    [InlineData("https://127.0.0.1/events")] // refused when it is called, as any name that leads there
    public void An_https_address_is_good(string address) => Assert.Null(Callback.FaultOf(address, allowPlain: false));

    [Theory]
    [InlineData("http://127.0.0.1:8080/events")]
    [InlineData("http://localhost/events")]
    [InlineData("http://[::1]/events")]
    [InlineData("http://app:3000/events")]
    [InlineData("http://192.168.1.20:3000/events")]
    public void FC_64_http_is_good_in_Development_alone(string address)
    {
        Assert.Null(Callback.FaultOf(address, allowPlain: true));
        Assert.NotNull(Callback.FaultOf(address, allowPlain: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/events")]
    [InlineData("app.example/events")]
    [InlineData("ftp://app.example/events")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://ming@app.example/events")]
    [InlineData("https://app.example/events#here")]
    [InlineData("https://app.example/ev ents")]
    [InlineData("https://app.example\\@evil.example/events")]
    public void Anything_else_is_not(string address) => Assert.NotNull(Callback.FaultOf(address, allowPlain: true));

    [Fact]
    public void Nor_is_one_that_is_too_long() =>
        Assert.NotNull(Callback.FaultOf("https://app.example/" + new string('a', 2048), allowPlain: false));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("114.114.114.114")]
    [InlineData("172.32.0.1")]
    [InlineData("2400:3200::1")]
    [InlineData("::ffff:8.8.8.8")]
    public void These_addresses_are_public(string address) => Assert.True(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")] // where clouds keep credentials
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("64:ff9b::a01:203")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:a01:203::1")]
    public void These_addresses_are_not(string address) => Assert.False(PublicAddresses.IsPublic(IPAddress.Parse(address)));
}

/// <summary>Outside Development, where nothing of the own network is called unless the operator says so.</summary>
public sealed class CallbackInProductionTests : IAsyncLifetime
{
    private readonly OnSqlite _engine = new();

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData("http://127.0.0.1:{port}/events", "the callback must be https; http is for Development alone")]
    [InlineData("https://127.0.0.1:{port}/events", "the callback's address is not public")]
    [InlineData("https://localhost:{port}/events", "the callback's address is not public")]
    [InlineData("https://[::ffff:127.0.0.1]:{port}/events", "the callback's address is not public")]
    public async Task This_machine_is_not_called(string address, string answer) =>
        Assert.Equal(answer, await AnswerAsync(address, allowPrivateNetworks: false));

    [Fact]
    public async Task It_is_when_private_networks_are_allowed() =>
        Assert.Equal("the callback's certificate is not trusted, or no TLS came about",
            await AnswerAsync("https://127.0.0.1:{port}/events", allowPrivateNetworks: true));

    private async Task<string> AnswerAsync(string address, bool allowPrivateNetworks)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var server = await TestServer.StartAsync(
            _engine, ("environment", "Production"), ("Events:AllowPrivateNetworks", $"{allowPrivateNetworks}"));
        var app = Samples.NewApp(1) with
        {
            EventCallback = address.Replace("{port}", $"{new Uri(receiver.Callback).Port}"),
            EventKinds = [SecurityEventKind.TokensRevoked],
        };
        await server.Get<IAppStore>().TryAddAsync(app, default);
        await server.Get<IConsentStore>().PutAsync(new Consent(1, app.Id, ["openid"], null, Samples.Noon), default);

        Assert.True(await server.Get<Withdrawal>().TryWithdrawAsync(1, app.Id, default));

        string? answer = null;
        await Eventually.HoldsAsync(async () =>
            (answer = (await server.Get<IEventStore>().ListAsync(app.Id, null, 1, default))[0].LastAnswer) is not null);
        Assert.Empty(receiver.All);
        return answer!;
    }
}
