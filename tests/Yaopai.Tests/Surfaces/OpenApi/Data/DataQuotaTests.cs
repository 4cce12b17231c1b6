using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>Each app may store so much, and what would be more is not stored at all.</summary>
public sealed class DataQuotaTests(DataQuotaTests.Small fixture) : IClassFixture<DataQuotaTests.Small>
{
    public sealed class Small : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("DataStore:MaxObjects", "4"), ("DataStore:MaxBytes", "156")];
    }

    [Fact]
    public async Task What_would_be_too_many_objects_is_refused_and_room_can_be_made()
    {
        var demo = new DataCaller(fixture.Server);
        var (note, card) = await demo.PrepareAsync();
        await demo.DoAsync("setUserPreference", [("pref_id", "1"), ("value", "a")], "mainland");
        await demo.DoAsync("incHashValue", [("obj_type", "note"), ("key", "k")]);

        await (await demo.CallAsync("createObject", ("obj_type", "note"))).ShouldBeAsync(E.DataStoreQuotaExceeded);
        await (await demo.CallAsync("setUserPreference", "mainland", ("pref_id", "2"), ("value", "b")))
            .ShouldBeAsync(E.DataStoreQuotaExceeded);
        await (await demo.CallAsync("incHashValue", ("obj_type", "note"), ("key", "other"))).ShouldBeAsync(E.DataStoreQuotaExceeded);
        await (await demo.CallAsync("setAssociation", ("name", "near"), ("obj_id1", note), ("obj_id2", card)))
            .ShouldBeAsync(E.DataStoreQuotaExceeded);

        Assert.Equal("2", await demo.ResultAsync("incHashValue", ("obj_type", "note"), ("key", "k")));
        Assert.Equal("""{"1":"a"}""", (await demo.DoAsync("getUserPreferences", [], "mainland")).GetRawText());
        await demo.DoAsync("removeHashKey", [("obj_type", "note"), ("key", "k")]);
        await demo.DoAsync("createObject", [("obj_type", "note")]);
    }

    [Fact]
    public async Task What_would_be_too_many_bytes_is_refused_and_other_apps_have_their_own()
    {
        var (sibling, stranger) = (new DataCaller(fixture.Server, DemoData.Apps[1]), new DataCaller(fixture.Server, DemoData.Apps[2]));
        var (note, _) = await sibling.PrepareAsync();
        await stranger.PrepareAsync();
        var fifty = new string('x', 50);

        await (await sibling.CallAsync("setObjectProperty", ("obj_id", note), ("prop_name", "body"), ("prop_value", fifty)))
            .ShouldBeAsync(E.DataStoreQuotaExceeded);

        Assert.Null(await sibling.ResultAsync("getObjectProperty", ("obj_id", note), ("prop_name", "body")));
        await sibling.DoAsync("setObjectProperty", [("obj_id", note), ("prop_name", "body"), ("prop_value", fifty[..49])]);
        await stranger.DoAsync("createObject", [("obj_type", "note"), ("properties", $$"""{"title":"{{fifty[..40]}}"}""")]);
    }

    [Fact]
    public async Task Definitions_have_an_end_too()
    {
        var demo = new DataCaller(fixture.Server, DemoData.Apps[2]);
        await demo.DoAsync("createObjectType", [("name", "wide")]);
        for (var i = 0; i < 200; i++)
            await DefineAsync(demo, $"p{i}");

        await (await demo.CallAsync("defineObjectProperty", ("obj_type", "wide"), ("prop_name", "more"), ("prop_type", "1")))
            .ShouldBeAsync(E.DataStoreQuotaExceeded);
    }

    private static Task<string?> DefineAsync(DataCaller demo, string name) =>
        demo.ResultAsync("defineObjectProperty", ("obj_type", "wide"), ("prop_name", name), ("prop_type", "1"));
}
