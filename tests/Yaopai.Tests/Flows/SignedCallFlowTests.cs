using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Flows;

/// <summary>Signed calls over the life of servers in Production, where they are remembered (decision 20).</summary>
public sealed class SignedCallFlowTests : IAsyncLifetime
{
    private readonly OnSqlite _engine = new();

    public async ValueTask InitializeAsync() => await _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_signed_call_is_good_once_over_a_restart_and_beside_a_second_server()
    {
        var first = Sign("900001");
        await using (var server = await StartAsync())
        {
            await ShouldSucceedAsync(server, first);
            await ShouldBeKnownAsync(server, first);
        }

        await using var next = await StartAsync();
        await ShouldBeKnownAsync(next, first);
        var second = Sign("900002");
        await ShouldSucceedAsync(next, second);

        await using var guest = await StartAsync();
        await ShouldBeKnownAsync(guest, second);
        await ShouldBeKnownAsync(guest, first);
    }

    private static (string, string?)[] Sign(string user)
    {
        var app = DemoData.Apps[0];
        return OpenCaller.Sign(
            app.ClientSecret, "sign", [("client_id", $"{app.ClientId}"), ("timestamp", OpenCaller.Now()), ("uid", user)]);
    }

    private Task<TestServer> StartAsync() => TestServer.StartAsync(_engine, ("environment", "Production"));

    private static async Task ShouldSucceedAsync(TestServer server, (string, string?)[] call) =>
        await (await PostAsync(server, call)).ShouldSucceedAsync(E.Ok);

    private static async Task ShouldBeKnownAsync(TestServer server, (string, string?)[] call) =>
        await (await PostAsync(server, call)).ShouldBeAsync(E.TimestampInvalid);

    private static Task<HttpResponseMessage> PostAsync(TestServer server, (string, string?)[] call) =>
        new OpenCaller(server).PostAsync(OpenCaller.Rest + "passport/users/isAppUser", call);
}
