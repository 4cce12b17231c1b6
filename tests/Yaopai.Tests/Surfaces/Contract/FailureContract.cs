using Yaopai.Server.Gateway;
using Yaopai.Server.Keys;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.Contract;

/// <summary>What breaks behind an operation while the database itself is there.</summary>
public abstract class FailureContract<TCalls>(FailureContract<TCalls>.Fixture fixture)
    : IClassFixture<FailureContract<TCalls>.Fixture> where TCalls : SurfaceCalls, new()
{
    private static readonly TCalls s_calls = new();

    /// <summary>For a write that waits in vain, of which there is one in each class; the others need patience on a busy machine.</summary>
    public sealed class Fixture : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Storage:Timeout", "00:00:04"), ("Storage:BreakAfter", "1000")];
    }

    public static TheoryData<string> Operations => s_calls.Named();

    public static TheoryData<string> OfKeys => s_calls.Named(call => !call.NeedsNoKeys);

    public static TheoryData<string, string> Tables
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (call, table) in s_calls.All.SelectMany(call => call.Tables, (call, table) => (call, table)))
                rows.Add(call.Name, table);
            return rows;
        }
    }

    protected ServerFixture Broken => fixture;

    [Theory, MemberData(nameof(Operations))]
    public async Task An_unexpected_exception_has_an_answer_without_a_stack_trace(string name)
    {
        var call = s_calls.Of(name);
        var callAsync = await SurfaceCalls.PrepareAsync(fixture.Server, call);
        await using (await fixture.BreakAsync(new { target = call.Target, fault = "exception" }))
            await s_calls.ShouldFailAsync(fixture.Server, call, await callAsync(), Failure.Unexpected);

        await s_calls.ShouldSucceedAsync(call, await callAsync());
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task An_answer_that_the_catalogue_does_not_document_never_leaves(string name)
    {
        var call = s_calls.Of(name);
        var callAsync = await SurfaceCalls.PrepareAsync(fixture.Server, call);
        // Of the surface: the sandbox gives an operation no error that it does not document.
        await using (await fixture.BreakAsync(new { target = s_calls.Slug, error = s_calls.UndocumentedFor(call) }))
            await s_calls.ShouldFailAsync(fixture.Server, call, await callAsync(), Failure.Undocumented);
    }

    /// <summary>The fault breaks what damaged rows break, of every kind but that for ES256, and nothing else.</summary>
    [Theory, MemberData(nameof(OfKeys))]
    public async Task A_lost_key_is_answered_as_stored_keys_that_do_not_open(string name)
    {
        var call = s_calls.Of(name);
        var callAsync = await SurfaceCalls.PrepareAsync(fixture.Server, call);
        HttpResponseMessage forced;
        await using (await fixture.BreakAsync(new { target = "*", fault = "key-lost" }))
            forced = await callAsync();

        await s_calls.ShouldSucceedAsync(call, await callAsync()); // so far nothing was used up
        var real = await DamagedAsync("1, 2, 3, 4", await SurfaceCalls.PrepareAsync(fixture.Server, call));
        Assert.Equal(await LostAsync(real), await LostAsync(forced));
        if (await LostAsync(forced))
            await s_calls.ShouldFailAsync(fixture.Server, call, forced, Failure.KeyLost);

        async Task<bool> LostAsync(HttpResponseMessage response)
        {
            try
            {
                await s_calls.ShouldFailAsync(fixture.Server, call, response, Failure.KeyLost);
                return true;
            }
            catch (Xunit.Sdk.XunitException)
            {
                return false;
            }
        }
    }

    /// <summary>Of each kind but those that sign. What only seals goes on, under the keys that stand in.</summary>
    [Theory, MemberData(nameof(OfKeys))]
    public async Task Stored_keys_that_do_not_open_have_the_error_of_a_lost_key(string name)
    {
        var call = s_calls.Of(name);
        var callAsync = await SurfaceCalls.PrepareAsync(fixture.Server, call);
        var response = await DamagedAsync("1, 3, 4", callAsync);

        if (call.OnlySeals)
            await s_calls.ShouldSucceedAsync(call, response);
        else if (call.IsOfBrowsers && response.Headers.Location?.OriginalString is ['/', ..])
            await s_calls.ShouldSucceedAsync(call, await callAsync()); // whoever was signed in is asked to do it again
        else
        {
            await s_calls.ShouldFailAsync(fixture.Server, call, response, Failure.KeyLost);
            await s_calls.ShouldSucceedAsync(call, await callAsync());
        }
    }

    private async Task<HttpResponseMessage> DamagedAsync(string kinds, Func<Task<HttpResponseMessage>> callAsync)
    {
        var ring = fixture.Server.Get<KeyRing>();
        await ring.PrepareAsync(DateTimeOffset.UtcNow, default);
        await fixture.Engine.ExecuteAsync(
            $"CREATE TABLE kept AS SELECT * FROM stored_key; UPDATE stored_key SET wrapped = zeroblob(61) WHERE kind IN ({kinds})");
        try
        {
            await ring.LoadAsync(default); // as at a start
            return await callAsync();
        }
        finally
        {
            await fixture.Engine.ExecuteAsync("DELETE FROM stored_key; INSERT INTO stored_key SELECT * FROM kept; DROP TABLE kept");
            await ring.LoadAsync(default);
        }
    }

    [Theory, MemberData(nameof(Tables))]
    public async Task A_storage_operation_that_fails_has_its_own_error_and_nothing_is_half_done(string name, string table)
    {
        var call = s_calls.Of(name);
        var callAsync = await SurfaceCalls.PrepareAsync(fixture.Server, call);
        SurfaceCalls.ForgetEverything(fixture.Server);
        await fixture.Engine.ExecuteAsync($"ALTER TABLE {table} RENAME TO gone");
        var response = await callAsync();
        await fixture.Engine.ExecuteAsync($"ALTER TABLE gone RENAME TO {table}");

        await s_calls.ShouldFailAsync(fixture.Server, call, response, Failure.StorageFailed);
        await s_calls.ShouldSucceedAsync(call, await callAsync());
    }
}
