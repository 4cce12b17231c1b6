using Yaopai.Server.Apps;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Sandbox;

public sealed class DemoDataTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task F10_a_first_start_that_broke_off_between_the_demo_apps_is_brought_to_its_end(int there)
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        foreach (var app in DemoData.Apps.Skip(there))
            await engine.ExecuteAsync($"DELETE FROM app WHERE id = {app.ClientId}");

        await using var server = await TestServer.StartAsync(engine);

        foreach (var app in DemoData.Apps)
            Assert.NotNull(await server.Get<IAppStore>().FindAsync(app.ClientId, default));
    }
}
