using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

public sealed class AssociationMethodTests(DataApp fixture) : IClassFixture<DataApp>
{
    private readonly DataCaller _demo = fixture.Demo;

    [Fact]
    public async Task An_association_is_defined_renamed_and_undefined()
    {
        await fixture.PreparedAsync();
        await _demo.ResultAsync("defineAssociation", ("name", "wrote"), ("assoc_type", "3"), ("inverse", "written_by"),
            ("assoc_info1", """{"alias":"author"}"""));
        await _demo.ResultAsync("renameAssociation", ("name", "wrote"), ("new_name", "drew"), ("new_alias2", "work"));

        Assert.Equal(
            """{"name":"drew","assoc_type":"3","assoc_info1":{"alias":"author","object_type":null},"assoc_info2":"""
            + """{"alias":"work","object_type":null},"inverse":"written_by"}""",
            await RawAsync("getAssociationDefinition", ("name", "drew")));
        Assert.Contains("\"name\":\"drew\"", await RawAsync("getAssociationDefinitions"));

        await _demo.ResultAsync("undefineAssociation", ("name", "written_by"));
        await (await _demo.CallAsync("getAssociationDefinition", ("name", "drew"))).ShouldBeAsync(E.ObjectUnknown);
    }

    [Fact]
    public async Task A_rename_that_changes_nothing_is_an_invalid_parameter()
    {
        await fixture.PreparedAsync();

        await (await _demo.CallAsync("renameAssociation", ("name", "near"))).ShouldBeAsync(E.ParameterMalformed);
    }

    [Fact]
    public async Task Objects_are_tied_read_from_both_ends_and_untied()
    {
        var (note, card) = await TwoAsync();
        await _demo.ResultAsync(
            "setAssociation", ("name", "owns"), ("obj_id1", note), ("obj_id2", card), ("data", "since 2020"), ("assoc_time", "1600000000"));

        Assert.Equal($$"""[{"obj_id":"{{card}}"}]""", await RawAsync("getAssociatedObjects", ("name", "owns"), ("obj_id", note)));
        Assert.Equal(
            $$"""[{"obj_id":"{{note}}","data":"since 2020","assoc_time":"1600000000"}]""",
            await RawAsync("getAssociatedObjects", ("name", "owned_by"), ("obj_id", card), ("no_data", "0")));
        Assert.Equal(
            $$"""[{"name":"owns","obj_id1":"{{note}}","obj_id2":"{{card}}","data":"since 2020","assoc_time":"1600000000"}]""",
            await RawAsync("getAssociations", ("obj_id1", note), ("obj_id2", card), ("no_data", "false")));
        Assert.Equal($$"""[{"name":"owned_by","obj_id1":"{{card}}","obj_id2":"{{note}}"}]""",
            await RawAsync("getAssociations", ("obj_id1", card), ("obj_id2", note)));

        await _demo.ResultAsync("removeAssociation", ("name", "owned_by"), ("obj_id1", card), ("obj_id2", note));
        Assert.Equal("[]", await RawAsync("getAssociations", ("obj_id1", note), ("obj_id2", card)));
    }

    [Fact]
    public async Task What_an_object_is_tied_to_is_read_in_pages()
    {
        var (note, card) = await TwoAsync();
        await _demo.ResultAsync("setAssociation", ("name", "near"), ("obj_id1", note), ("obj_id2", card), ("assoc_time", "2"));
        await _demo.ResultAsync("setAssociation", ("name", "near"), ("obj_id1", note), ("obj_id2", note), ("assoc_time", "1"));

        Assert.Equal($$"""[{"obj_id":"{{note}}"}]""",
            await RawAsync("getAssociatedObjects", ("name", "near"), ("obj_id", note), ("page_size", "1")));
        Assert.Equal(
            $$"""[{"obj_id":"{{card}}"}]""",
            await RawAsync("getAssociatedObjects", ("name", "near"), ("obj_id", note), ("page_no", "1"), ("page_size", "1")));
        Assert.Equal("[]", await RawAsync("getAssociatedObjects", ("name", "near"), ("obj_id", note), ("page_no", "1")));
    }

    [Fact]
    public async Task An_association_without_a_time_is_of_the_apps_now()
    {
        var (note, card) = await TwoAsync();
        var before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

        await _demo.ResultAsync("setAssociation", ("name", "likes"), ("obj_id1", note), ("obj_id2", card));

        var association = (await _demo.DoAsync("getAssociatedObjects", [("name", "likes"), ("obj_id", note), ("no_data", "0")]))[0];
        Assert.Equal("", association.GetProperty("data").GetString());
        Assert.InRange(long.Parse(association.GetProperty("assoc_time").GetString()!), before, before + 60);
    }

    [Fact]
    public async Task Several_are_set_and_removed_at_once_each_by_its_own_name_or_that_of_all()
    {
        var (note, card) = await TwoAsync();
        var mixed = $$"""[{"obj_id1":"{{note}}","obj_id2":{{card}}},"""
            + $$"""{"name":"owned_by","obj_id1":"{{card}}","obj_id2":"{{note}}","data":7,"assoc_time":"5"}]""";

        await _demo.ResultAsync("setAssociations", ("assocs", mixed), ("name", "near"));

        Assert.Equal("1", await CountAsync("near", card));
        Assert.Equal("""[{"obj_id":"…","data":"7","assoc_time":"5"}]""",
            (await RawAsync("getAssociatedObjects", ("name", "owns"), ("obj_id", note), ("no_data", "0"))).Replace(card, "…"));
        Assert.Equal($$"""{"{{note}}":"1","{{card}}":"1"}""",
            await RawAsync("getAssociatedObjectCounts", ("name", "near"), ("obj_ids", $"{note},{card}")));

        var named =
            $$"""[{"name":"near","obj_id1":"{{card}}","obj_id2":"{{note}}"},{"name":"owns","obj_id1":"{{note}}","obj_id2":"{{card}}"}]""";
        await _demo.ResultAsync("removeAssociations", ("assocs", named));
        Assert.Equal(("0", "0"), (await CountAsync("near", card), await CountAsync("owns", note)));
    }

    [Fact]
    public async Task Of_several_that_cannot_all_be_done_none_is()
    {
        var (note, card) = await TwoAsync();
        var half = $$"""[{"obj_id1":"{{note}}","obj_id2":"{{card}}"},{"obj_id1":"{{note}}","obj_id2":"123"}]""";

        await (await _demo.CallAsync("setAssociations", ("assocs", half), ("name", "near"))).ShouldBeAsync(E.DataStoreOperationInvalid);
        Assert.Equal("0", await CountAsync("near", note));

        await _demo.ResultAsync("setAssociation", ("name", "near"), ("obj_id1", note), ("obj_id2", card));
        await (await _demo.CallAsync("removeAssociations", ("assocs", half), ("name", "near"))).ShouldBeAsync(E.ObjectUnknown);
        Assert.Equal("1", await CountAsync("near", note));
    }

    [Fact]
    public async Task All_that_an_object_is_tied_to_is_untied_at_once()
    {
        var (note, card) = await TwoAsync();
        await _demo.ResultAsync("setAssociation", ("name", "near"), ("obj_id1", note), ("obj_id2", card));
        await _demo.ResultAsync("setAssociation", ("name", "likes"), ("obj_id1", note), ("obj_id2", card));

        await _demo.ResultAsync("removeAssociatedObjects", ("name", "near"), ("obj_id", card));

        Assert.Equal(("0", "1"), (await CountAsync("near", note), await CountAsync("likes", note)));
    }

    private async Task<(string Note, string Card)> TwoAsync()
    {
        await fixture.PreparedAsync();
        return ((await _demo.ResultAsync("createObject", ("obj_type", "note")))!,
            (await _demo.ResultAsync("createObject", ("obj_type", "card")))!);
    }

    private Task<string?> CountAsync(string name, string id) =>
        _demo.ResultAsync("getAssociatedObjectCount", ("name", name), ("obj_id", id));

    private async Task<string> RawAsync(string method, params (string Name, string? Value)[] arguments) =>
        (await _demo.DoAsync(method, arguments)).GetRawText();
}
