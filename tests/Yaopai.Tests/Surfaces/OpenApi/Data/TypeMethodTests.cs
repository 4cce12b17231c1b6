using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

public sealed class TypeMethodTests(DataApp fixture) : IClassFixture<DataApp>
{
    private readonly DataCaller _demo = fixture.Demo;

    /// <summary>What only the app may do: it holds for all of its people.</summary>
    public static TheoryData<string> Defining { get; } =
    [
        "createObjectType", "dropObjectType", "renameObjectType", "defineObjectProperty", "undefineObjectProperty", "renameObjectProperty",
        "defineAssociation", "undefineAssociation", "renameAssociation",
    ];

    [Fact]
    public async Task A_type_is_made_renamed_and_dropped_with_what_it_holds()
    {
        Assert.Equal("1", await _demo.ResultAsync("createObjectType", ("name", "draft")));
        await DefineAsync("draft", "title", "2");
        await DefineAsync("draft", "pages", "1");
        await DefineAsync("draft", "scan", "3");
        await _demo.ResultAsync("renameObjectProperty", ("obj_type", "draft"), ("prop_name", "pages"), ("new_name", "sheets"));
        await _demo.ResultAsync("undefineObjectProperty", ("obj_type", "draft"), ("prop_name", "scan"));
        await _demo.ResultAsync("renameObjectType", ("obj_type", "draft"), ("new_name", "paper"));

        Assert.Equal(
            """{"name":"paper","properties":[{"prop_name":"sheets","prop_type":"1"},{"prop_name":"title","prop_type":"2"}]}""",
            await TypeAsync("paper"));
        await (await _demo.CallAsync("getObjectType", ("obj_type", "draft"))).ShouldBeAsync(E.ObjectUnknown);

        var id = await _demo.ResultAsync("createObject", ("obj_type", "paper"), ("properties", """{"title":"t"}"""));
        await _demo.ResultAsync("dropObjectType", ("obj_type", "paper"));
        await (await _demo.CallAsync("getObject", ("obj_id", id))).ShouldBeAsync(E.ObjectUnknown);
        await (await _demo.CallAsync("getObjectType", ("obj_type", "paper"))).ShouldBeAsync(E.ObjectUnknown);
    }

    [Fact]
    public async Task Types_are_listed_by_name_and_people_may_read_them()
    {
        var sibling = await fixture.NewCallerAsync();
        Assert.Equal("[]", (await sibling.DoAsync("getObjectTypes", [])).GetRawText());
        await sibling.ResultAsync("createObjectType", ("name", "two"));
        await sibling.ResultAsync("createObjectType", ("name", "one"));

        Assert.Equal(
            """[{"name":"one","properties":[]},{"name":"two","properties":[]}]""",
            (await sibling.DoAsync("getObjectTypes", [], "mainland")).GetRawText());
    }

    [Theory, MemberData(nameof(Defining))]
    public async Task Whoever_calls_for_a_person_defines_nothing(string method)
    {
        await (await _demo.CallAsync(method, "mainland")).ShouldBeAsync(E.UserDataForbidden);
        await (await _demo.Open.SignedAsync("data/" + method, await _demo.TokensAsync("mainland"))).ShouldBeAsync(E.UserDataForbidden);
    }

    [Fact]
    public async Task An_app_may_sign_with_its_secret_instead_of_holding_a_token()
    {
        await (await _demo.Open.AppSignedAsync("data/createObjectType", ("name", "signed"))).ShouldSucceedAsync(E.Ok);
        await (await _demo.Open.SignedAsync("data/dropObjectType", await _demo.TokensAsync(user: null), ("obj_type", "signed")))
            .ShouldSucceedAsync(E.Ok);
    }

    private Task<string?> DefineAsync(string type, string name, string kind) =>
        _demo.ResultAsync("defineObjectProperty", ("obj_type", type), ("prop_name", name), ("prop_type", kind));

    private async Task<string> TypeAsync(string type) => (await _demo.DoAsync("getObjectType", [("obj_type", type)])).GetRawText();
}
