using System.Xml.Linq;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

public sealed class ObjectMethodTests(DataApp fixture) : IClassFixture<DataApp>
{
    private readonly DataCaller _demo = fixture.Demo;

    [Theory]
    [InlineData(null)]
    [InlineData("mainland")]
    public async Task An_object_is_stored_read_changed_and_deleted(string? user)
    {
        await fixture.PreparedAsync();
        var id = await _demo.ResultAsync(
            "createObject", user, ("obj_type", "note"), ("properties", """{"title":"标题 <&>","count":9007199254740993,"body":"/+8="}"""));
        Assert.True(long.Parse(id!) > 1L << 53);
        Assert.Equal(
            $$$"""{"obj_id":"{{{id}}}","obj_type":"note","properties":{"body":"/+8=","count":"9007199254740993","title":"标题 <&>"}}""",
            await ObjectAsync(id!, user));

        await _demo.ResultAsync("updateObject", user, ("obj_id", id), ("properties", """{"count":"-1","body":null}"""));
        Assert.Equal(
            $$$"""{"obj_id":"{{{id}}}","obj_type":"note","properties":{"count":"-1","title":"标题 <&>"}}""", await ObjectAsync(id!, user));

        await _demo.ResultAsync("updateObject", user, ("obj_id", id), ("properties", """{"title":"only"}"""), ("replace", "1"));
        Assert.Equal($$$"""{"obj_id":"{{{id}}}","obj_type":"note","properties":{"title":"only"}}""", await ObjectAsync(id!, user));

        await _demo.ResultAsync("setObjectProperty", user, ("obj_id", id), ("prop_name", "count"), ("prop_value", "12"));
        Assert.Equal("12", await _demo.ResultAsync("getObjectProperty", user, ("obj_id", id), ("prop_name", "count")));
        Assert.Null(await _demo.ResultAsync("getObjectProperty", user, ("obj_id", id), ("prop_name", "body")));
        await _demo.ResultAsync("setObjectProperty", user, ("obj_id", id), ("prop_name", "title"), ("prop_value", ""));
        Assert.Equal("", await _demo.ResultAsync("getObjectProperty", user, ("obj_id", id), ("prop_name", "title")));

        await _demo.ResultAsync("deleteObject", user, ("obj_id", id));
        await (await _demo.CallAsync("getObject", user, ("obj_id", id))).ShouldBeAsync(E.ObjectUnknown);
    }

    [Fact]
    public async Task Several_are_read_in_the_order_of_their_ids_and_deleted_whether_there_or_not()
    {
        await fixture.PreparedAsync();
        var one = await _demo.ResultAsync("createObject", ("obj_type", "note"), ("properties", """{"title":"1","count":1}"""));
        var two = await _demo.ResultAsync("createObject", ("obj_type", "note"), ("properties", """{"title":"2"}"""));
        var read = $$$"""[{"obj_id":"{{{two}}}","obj_type":"note","properties":{"title":"2"}},"""
            + $$$"""{"obj_id":"{{{one}}}","obj_type":"note","properties":{"title":"1"}}]""";

        Assert.Equal(read, (await _demo.DoAsync("getObjects", [("obj_ids", $"[{two},\"{one}\"]"), ("prop_names", "title")])).GetRawText());
        Assert.Equal(
            read, (await _demo.DoAsync("getObjects", [("obj_ids", $"{two},{one}"), ("prop_names", """["title"]""")])).GetRawText());

        await _demo.ResultAsync("deleteObjects", ("obj_ids", $"[{one},{two},123]"));
        await (await _demo.CallAsync("getObjects", ("obj_ids", $"[{two}]"))).ShouldBeAsync(E.ObjectUnknown);
    }

    [Fact]
    public async Task A_blob_of_64_KiB_goes_in_and_comes_out_the_same()
    {
        await fixture.PreparedAsync();
        var blob = Convert.ToBase64String(Enumerable.Range(0, 48 * 1024).Select(n => (byte)(n * 7)).ToArray());
        Assert.Equal(64 * 1024, blob.Length);

        var id = await _demo.ResultAsync("createObject", ("obj_type", "note"), ("properties", $$"""{"body":"{{blob}}"}"""));

        Assert.Equal(blob, await _demo.ResultAsync("getObjectProperty", ("obj_id", id), ("prop_name", "body")));
    }

    [Fact]
    public async Task An_object_that_is_named_again_is_answered_once_and_more_than_one_answer_holds_is_an_invalid_parameter()
    {
        await fixture.PreparedAsync();
        var ids = new List<string>();
        for (var i = 0; i < 16; i++)
            ids.Add(await NewBlobAsync());

        await (await _demo.CallAsync("getObjects", ("obj_ids", string.Join(',', ids)))).ShouldBeAsync(E.ParameterMalformed);

        Assert.Equal(
            16, (await _demo.DoAsync("getObjects", [("obj_ids", string.Join(',', ids)), ("prop_names", "title")])).GetArrayLength());
        Assert.Equal(
            1, (await _demo.DoAsync("getObjects", [("obj_ids", string.Join(',', Enumerable.Repeat(ids[0], 200)))])).GetArrayLength());
        await _demo.ResultAsync("deleteObjects", ("obj_ids", string.Join(',', ids)));
    }

    [Fact]
    public async Task What_a_batch_reads_ends_somewhere_and_what_it_writes_is_told_all_the_same()
    {
        await fixture.PreparedAsync();
        var ids = new List<string>();
        for (var i = 0; i < 15; i++)
            ids.Add(await NewBlobAsync());
        var read = $$"""{"path":"/rest/2.0/data/getObjects","params":{"obj_ids":"{{string.Join(',', ids)}}"} }""";
        var items =
            $$"""[{{string.Join(',', Enumerable.Repeat(read, 6))}},{"path":"/rest/2.0/data/createObject","params":{"obj_type":"note"} }]""";

        var response = await _demo.Open.PostAsync(
            "/open/batch/run", ("access_token", (await _demo.TokensAsync(null)).Access), ("method", items), ("serial_only", "1"));

        Assert.InRange(response.Content.Headers.ContentLength!.Value, 0, 5 * 1024 * 1024);
        var answers = (await response.ShouldSucceedAsync(E.Ok)).EnumerateArray().ToList();
        Assert.All(answers[..4], answer => Assert.Equal(15, answer.GetArrayLength()));
        Assert.All(answers[4..6], answer => Assert.Equal(100, answer.GetProperty("error_code").GetInt32()));
        Assert.NotNull(answers[6].GetProperty("result").GetString());
        await _demo.ResultAsync("deleteObjects", ("obj_ids", string.Join(',', ids)));
    }

    [Fact]
    public async Task Lines_come_back_in_xml_as_they_were_stored()
    {
        await fixture.PreparedAsync();
        const string Lines = "a\r\nb\rc\nd\te ";
        var id = await _demo.ResultAsync("createObject", ("obj_type", "note"));
        await _demo.ResultAsync("setObjectProperty", ("obj_id", id), ("prop_name", "body"), ("prop_value", Lines));

        var xml = await (await _demo.CallAsync("getObject", ("obj_id", id), ("format", "xml"))).Content.ReadAsStringAsync();

        Assert.Equal(Lines, XDocument.Parse(xml).Descendants("body").Single().Value);
    }

    [Fact]
    public async Task Objects_of_one_app_are_nothing_to_another()
    {
        var (note, card) = await fixture.PreparedAsync();
        var stranger = await fixture.NewCallerAsync();
        var (own, _) = await stranger.PrepareAsync();
        await _demo.ResultAsync("setAssociation", ("name", "near"), ("obj_id1", note), ("obj_id2", card));
        await _demo.ResultAsync("setHashValue", ("obj_type", "note"), ("key", "shared"), ("value", "mine"));

        await (await stranger.CallAsync("getObject", ("obj_id", note))).ShouldBeAsync(E.ObjectUnknown);
        await (await stranger.CallAsync("updateObject", "mainland", ("obj_id", note), ("properties", "{}"))).ShouldBeAsync(E.ObjectUnknown);
        await (await stranger.CallAsync("deleteObject", ("obj_id", note))).ShouldBeAsync(E.ObjectUnknown);
        await stranger.DoAsync("deleteObjects", [("obj_ids", note)]);
        await (await stranger.CallAsync("getAssociations", ("obj_id1", note), ("obj_id2", card))).ShouldBeAsync(E.ObjectUnknown);
        await (await stranger.CallAsync("setAssociation", ("name", "near"), ("obj_id1", own), ("obj_id2", card)))
            .ShouldBeAsync(E.DataStoreOperationInvalid);
        Assert.Null(await stranger.ResultAsync("getHashValue", ("obj_type", "note"), ("key", "shared")));
        await stranger.DoAsync("removeHashKey", [("obj_type", "note"), ("key", "shared")]);
        await stranger.DoAsync("dropObjectType", [("obj_type", "note")]);

        Assert.Equal("one", await _demo.ResultAsync("getObjectProperty", ("obj_id", note), ("prop_name", "title")));
        Assert.Equal("mine", await _demo.ResultAsync("getHashValue", ("obj_type", "note"), ("key", "shared")));
        Assert.Equal("1", await _demo.ResultAsync("getAssociatedObjectCount", ("name", "near"), ("obj_id", note)));
    }

    private async Task<string> ObjectAsync(string id, string? user)
    {
        var json = await _demo.DoAsync("getObject", [("obj_id", id)], user);
        var properties = json.GetProperty("properties").EnumerateObject().OrderBy(property => property.Name)
            .Select(property => $"\"{property.Name}\":{property.Value.GetRawText()}");
        return $$$"""{"obj_id":"{{{json.GetProperty("obj_id")}}}","obj_type":"{{{json.GetProperty("obj_type")}}}","properties":"""
            + $"{{{string.Join(',', properties)}}}}}";
    }

    private async Task<string> NewBlobAsync()
    {
        var id = await _demo.ResultAsync("createObject", ("obj_type", "note"), ("properties", """{"title":"large"}"""));
        await _demo.ResultAsync("setObjectProperty", ("obj_id", id), ("prop_name", "body"), ("prop_value", new string('x', 64 * 1024)));
        return id!;
    }
}
