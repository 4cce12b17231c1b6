using System.Text.Json;
using System.Xml.Linq;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>The other ways in and out: GET, the first dispatcher, batches, XML, scripts.</summary>
public sealed class DataFormTests(DataApp fixture) : IClassFixture<DataApp>
{
    private readonly DataCaller _demo = fixture.Demo;

    public static TheoryData<string> Methods => [.. GoodDataCalls.All.Keys];

    [Theory, MemberData(nameof(Methods))]
    public async Task Every_method_needs_a_caller_and_is_a_method_of_both_dispatchers(string method)
    {
        var token = await _demo.TokensAsync(GoodDataCalls.IsOfPeople(method) ? "mainland" : null);

        await (await fixture.Server.Http.GetAsync(OpenCaller.Rest + "data/" + method)).ShouldBeAsync(E.ParameterMalformed);
        await (await _demo.Open.CallAsync("data/" + method, "21.x.1.2-3-4")).ShouldBeAsync(E.AccessTokenInvalid);
        await (await _demo.Open.SignedAsync("data/" + method, token with { SessionSecret = "other" })).ShouldBeAsync(E.SignatureIncorrect);
        // twice
        await (await _demo.Open.NumberedAsync("baidu.data." + method, "1", null, ("bd_sig", ""))).ShouldBeAsync(E.ParameterMalformed);
        var put = await fixture.Server.Http.PutAsync(OpenCaller.Rest + "data/" + method, null);
        Assert.Equal("200 error_code 3", await put.CodeOfAsync());
    }

    [Fact]
    public async Task The_first_dispatcher_reaches_the_same_data()
    {
        var (note, _) = await fixture.PreparedAsync();
        var session = await _demo.TokensAsync("mainland");

        var json = await (await _demo.Open.NumberedAsync(
            "baidu.data.getObjectProperty", "1.5", session, ("obj_id", note), ("prop_name", "title")))
            .ShouldSucceedAsync(E.Ok);

        Assert.Equal("""{"result":"one"}""", json.GetRawText());
    }

    [Fact]
    public async Task A_batch_stores_and_reads_and_each_item_has_its_own_error()
    {
        await fixture.PreparedAsync();
        object Item(string method, object parameters) => new { path = "/rest/2.0/data/" + method, @params = parameters };
        var items = JsonSerializer.Serialize(new[]
        {
            Item("incHashValue", new { obj_type = "note", key = "batch", increment = 5 }),
            Item("incHashValue", new { obj_type = "note", key = "batch" }),
            Item("getObjects", new { obj_ids = new[] { 123, 124 } }),
            Item("createObjectType", new { name = "note" }),
        });

        var answers = await (await _demo.Open.PostAsync(
            "/open/batch/run", ("access_token", (await _demo.TokensAsync(null)).Access), ("serial_only", "1"),
            ("method", items))).ShouldSucceedAsync(E.Ok);

        Assert.Equal(["5", "6"], answers.EnumerateArray().Take(2).Select(answer => answer.GetProperty("result").GetString()));
        Assert.Equal([803, 804], answers.EnumerateArray().Skip(2).Select(answer => answer.GetProperty("error_code").GetInt32()));
    }

    [Fact]
    public async Task An_object_is_readable_by_GET_as_XML_and_by_a_script()
    {
        var (note, _) = await fixture.PreparedAsync();
        var address =
            $"{OpenCaller.Rest}data/getObject?access_token={(await _demo.TokensAsync(null)).Access}&obj_id={note}&prop_names=title";

        var xml = XElement.Parse(await fixture.Server.Http.GetStringAsync(address + "&format=xml"));

        Assert.Equal("one", xml.Element("properties")!.Element("title")!.Value);
        Assert.Equal(
            $$$"""/**/show({"obj_id":"{{{note}}}","obj_type":"note","properties":{"title":"one"}});""",
            await fixture.Server.Http.GetStringAsync(address + "&callback=show"));
    }

    [Fact]
    public async Task A_property_that_is_called_like_an_error_is_no_error()
    {
        await fixture.PreparedAsync();
        await _demo.ResultAsync("createObjectType", ("name", "odd"));
        await _demo.ResultAsync("defineObjectProperty", ("obj_type", "odd"), ("prop_name", "error_code"), ("prop_type", "1"));
        var id = await _demo.ResultAsync("createObject", ("obj_type", "odd"), ("properties", """{"error_code":1}"""));

        var json = await _demo.DoAsync("getObject", [("obj_id", id)]);

        Assert.Equal("1", json.GetProperty("properties").GetProperty("error_code").GetString());
    }
}
