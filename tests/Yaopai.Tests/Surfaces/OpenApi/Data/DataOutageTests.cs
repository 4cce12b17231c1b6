using Microsoft.Extensions.Options;
using Yaopai.Server.Storage;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>A PostgreSQL that is stopped, stands still, or lets nobody write:
/// each method says that its callers may try again, and they can.</summary>
public sealed class DataOutageTests(OwnPostgres postgres) : OutageContract<DataCalls>(postgres)
{
    [Fact]
    public async Task Data_that_another_holds_too_long_is_a_database_error()
    {
        await using var server = await TestServer.StartAsync(Engine, ("Storage:BreakAfter", "1000"));
        var caller = new DataCaller(server);
        await caller.PrepareAsync();
        var storage = server.Get<IOptions<StorageOptions>>().Value;
        var usual = storage.Timeout;
        (string, string?)[] value = [("obj_type", "note"), ("key", "k"), ("value", "v"), ("prop_name", "title")];

        await using (await Engine.BlockDataOfAsync(caller.Open.App.ClientId))
        {
            storage.Timeout = TimeSpan.FromSeconds(0.3);
            await (await caller.CallAsync("setHashValue", value)).ShouldBeAsync(E.DatabaseFailed);
            await (await caller.CallAsync("createObject", ("obj_type", "note"))).ShouldBeAsync(E.DatabaseFailed);
        }

        storage.Timeout = usual;
        await caller.DoAsync("setHashValue", value);
        await caller.DoAsync("createObject", [("obj_type", "note")]);
    }
}
