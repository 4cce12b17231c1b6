using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.HuaweiAccount;

public sealed class OutageTests(OwnPostgres postgres) : OutageContract<HuaweiAccountCalls>(postgres)
{
    private readonly PostgresServer _postgres = postgres.Server;

    [Fact]
    public async Task A_server_that_starts_before_its_database_answers_and_is_ready_when_it_comes()
    {
        _postgres.Stop();
        await using var server = await TestServer.StartAsync(Engine, wait: false);
        await (await server.Http.PostAsync("/huawei/oauth2/v3/token", null)).ShouldBeAsync(Definitions.Named("Token.BadGateway"));
        Assert.Equal(503, (int)(await server.Http.GetAsync("/readyz")).StatusCode);
        Assert.Equal(200, (int)(await server.Http.GetAsync("/healthz")).StatusCode);

        _postgres.Start();
        await Eventually.HoldsAsync(async () => (await server.Http.GetAsync("/readyz")).IsSuccessStatusCode);
        Assert.NotEmpty((await new HuaweiCaller(server).SignInAsync()).Access);
    }
}
