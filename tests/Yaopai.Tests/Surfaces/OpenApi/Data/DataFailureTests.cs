using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>What breaks behind a method: 800 where nobody foresaw it, 805 where it is the storage, each method after method.</summary>
public sealed class DataFailureTests(FailureContract<DataCalls>.Fixture fixture) : FailureContract<DataCalls>(fixture)
{
    private static readonly DataCalls s_calls = new();

    [Theory, MemberData(nameof(Operations))]
    public async Task Storage_that_fails_is_a_database_error_however_it_fails(string name)
    {
        var call = s_calls.Of(name);
        var callAsync = await SurfaceCalls.PrepareAsync(Broken.Server, call);
        foreach (var fault in new[] { "storage-down", "storage-error", "storage-conflict" })
        {
            await using (await Broken.BreakAsync(new { target = call.Target, fault }))
                await (await callAsync()).ShouldBeAsync(E.DatabaseFailed);
        }
    }

    [Fact]
    public async Task A_write_that_waits_for_another_too_long_is_a_database_error_and_can_be_tried_again()
    {
        var caller = new DataCaller(Broken.Server, await Broken.Server.NewAppAsync());
        await caller.PrepareAsync();
        (string, string?)[] visits = [("obj_type", "note"), ("key", "locked")];
        await caller.DoAsync("incHashValue", visits);
        await using (await Broken.Engine.BlockWritesAsync())
            await (await caller.CallAsync("incHashValue", visits)).ShouldBeAsync(E.DatabaseFailed);

        Assert.Equal("2", await caller.ResultAsync("incHashValue", visits));
    }
}
