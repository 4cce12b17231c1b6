using Yaopai.Server.Apps;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>What breaks behind a method: 800 where nobody foresaw it, 805 where it is the storage, each method after method.</summary>
public sealed class DataFailureTests(DataFailureTests.Hasty fixture) : IClassFixture<DataFailureTests.Hasty>
{
    public sealed class Hasty : DataServer
    {
        protected override (string Key, string Value)[] Settings => [("Storage:Timeout", "00:00:02"), ("Storage:BreakAfter", "1000")];
    }

    public static TheoryData<string> Methods => [.. GoodDataCalls.All.Keys];

    [Theory, MemberData(nameof(Methods))]
    public async Task An_unexpected_exception_is_an_unknown_data_store_error(string method)
    {
        await using (await BreakAsync(method, "exception"))
            await (await CallAsync(method)).ShouldBeAsync(E.DataStoreInternal);
    }

    [Theory, MemberData(nameof(Methods))]
    public async Task Storage_that_fails_is_a_database_error_however_it_fails(string method)
    {
        foreach (var fault in new[] { "storage-down", "storage-error", "storage-conflict" })
        {
            await using (await BreakAsync(method, fault))
                await (await CallAsync(method)).ShouldBeAsync(E.DatabaseFailed);
        }
    }

    [Theory, MemberData(nameof(Methods))]
    public async Task A_lost_key_is_no_matter_of_the_data_store(string method)
    {
        await using (await BreakAsync(method, "key-lost"))
            await (await CallAsync(method)).ShouldBeAsync(E.Internal);
    }

    [Fact]
    public async Task An_answer_that_the_catalogue_does_not_document_never_leaves()
    {
        await fixture.PreparedAsync();
        await using (await fixture.BreakAsync(new { target = "open", error = "109" })) // of people's fields
            await (await CallAsync("getObject")).ShouldBeAsync(E.Internal);
    }

    [Fact]
    public async Task A_table_that_is_gone_is_a_database_error_and_what_is_stored_is_there_when_it_is_back()
    {
        await fixture.PreparedAsync();
        await fixture.Engine.ExecuteAsync("ALTER TABLE data_object RENAME TO gone");
        var response = await CallAsync("getObject");
        await fixture.Engine.ExecuteAsync("ALTER TABLE gone RENAME TO data_object");

        await response.ShouldBeAsync(E.DatabaseFailed);
        await (await CallAsync("getObject")).ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task A_write_that_waits_for_another_too_long_is_a_database_error_and_can_be_tried_again()
    {
        await fixture.PreparedAsync();
        await fixture.Demo.TokensAsync(user: null);
        (string, string?)[] visits = [("obj_type", "note"), ("key", "locked")];
        await fixture.Demo.DoAsync("incHashValue", visits);
        await using (await fixture.Engine.BlockWritesAsync())
            await (await fixture.Demo.CallAsync("incHashValue", visits)).ShouldBeAsync(E.DatabaseFailed);

        Assert.Equal("2", await fixture.Demo.ResultAsync("incHashValue", visits));
    }

    private async Task<IAsyncDisposable> BreakAsync(string method, string fault)
    {
        await fixture.GoodAsync(method);
        await fixture.Demo.TokensAsync(UserOf(method));
        fixture.Server.Get<AppDirectory>().Clear();
        return await fixture.BreakAsync(new { target = "open.data." + method, fault });
    }

    private async Task<HttpResponseMessage> CallAsync(string method) => await fixture.Demo.CallAsync(method, UserOf(method), await fixture.GoodAsync(method));

    private static string? UserOf(string method) => GoodDataCalls.IsOfPeople(method) ? "mainland" : null;
}
