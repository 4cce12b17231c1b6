using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Credentials;
using Yaopai.Server.Organisations;
using Yaopai.Server.Surfaces.WeLink.Knowledge;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.WeLinkErrors.Knowledge;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Tests.Surfaces.WeLink.Knowledge;

public sealed class ArticleTests(KnowledgeScene scene) : IClassFixture<KnowledgeScene>
{
    private static readonly string s_long = new('x', 3000);

    /// <summary>One mistake in an article that is otherwise good, in the order of the rules. Null leaves the member out.</summary>
    public static TheoryData<string, object?, string> Mistakes { get; } = new()
    {
        { "title",                new[] { "a" },                              "ParameterMalformed" },
        { "sourceName",           null,                                       "ParameterMalformed" },
        { "sourceName",           "",                                         "ParameterMalformed" },
        { "sourceArticleId",      null,                                       "ParameterMalformed" },
        { "title",                null,                                       "ParameterMalformed" },
        { "userId",               null,                                       "ParameterMalformed" },
        { "contentType",          null,                                       "ParameterMalformed" },
        { "content",              null,                                       "ParameterMalformed" },
        { "contentType",          "0",                                        "ParameterMalformed" }, // and no link
        { "sourceName",           "a-b",                                      "ParameterMalformed" },
        { "sourceName",           s_long,                                     "ParameterMalformed" },
        { "sourceArticleId",      "文",                                       "ParameterMalformed" },
        { "contentType",          "2",                                        "ParameterMalformed" },
        { "moduleType",           "other",                                    "ParameterMalformed" },
        { "lang",                 "2",                                        "ParameterMalformed" },
        { "isRecommended",        "yes",                                      "ParameterMalformed" },
        { "isTopped",             "2",                                        "ParameterMalformed" },
        { "recDataStyle",         "10",                                       "ParameterMalformed" },
        { "recDataStyle",         "0",                                        "ParameterMalformed" },
        { "isAutoCreateCate",     "x",                                        "ParameterMalformed" },
        { "pubTime",              "tomorrow",                                 "ParameterMalformed" },
        { "pubTime",              "99999999999",                              "ParameterMalformed" },
        { "coverImg",             "javascript:alert(1)",                      "ParameterMalformed" },
        { "cateName",             new[] { new[] { "a" } },                    "ParameterMalformed" },
        { "documents",            "a.pdf",                                    "ParameterMalformed" },
        { "documents",            new[] { "a.pdf" },                          "ParameterMalformed" },
        { "uploadedDocumentIds",  "a",                                        "ParameterMalformed" },
        { "permission",           "everyone",                                 "ParameterMalformed" },
        { "permission",           new { userIds = "a" },                      "ParameterMalformed" },
        { "permissionDeptCodes",  "1",                                        "ParameterMalformed" },
        { "documents",            new[] { new { name = "a" } },               "ParameterMalformed" },
        { "documents",            new[] { new { url = "https://a.example" } }, "ParameterMalformed" },
        { "title",                s_long,                                     "ParameterMalformed" },
        { "excerpt",              s_long,                                     "ParameterMalformed" },
        { "componentName",        s_long,                                     "ParameterMalformed" },
        { "cateName",             new[] { "a", "" },                          "ParameterMalformed" },
        { "uploadedDocumentIds",  "{many}",                                   "ParameterMalformed" },
        { "userId",               "nobody@welink",                            "UserUnknown" },
        { "userId",               "{closed}",                                 "UserUnknown" },
        { "userId",               "{stranger}",                               "UserUnknown" },
        { "corpUserId",           "somebody else",                            "UserUnknown" },
        { "permission",           new { userIds = new[] { "nobody" } },       "UserUnknown" },
        { "permission",           new { corpUserIds = new[] { "nobody" } },   "UserUnknown" },
        { "permission",           new { deptCodes = new[] { "99999" } },      "DepartmentUnknown" },
        { "permissionDeptCodes",  new[] { "x" },                              "DepartmentUnknown" },
        { "cateName",             new[] { "nothing" },                        "CategoryUnknown" },
        { "cateName",             "nothing",                                  "CategoryUnknown" },
        { "componentName",        "nothing",                                  "CategoryUnknown" },
        { "uploadedDocumentIds",  new[] { "00000000000000000000000000000000" }, "AttachmentUnknown" },
        { "uploadedDocumentIds",  new[] { "x" },                              "AttachmentUnknown" },
        { "documents",            new[] { new { name = "a", url = "http://127.0.0.1:1/a", size = 1 } }, "AttachmentUnknown" },
        { "documents",            new[] { new { name = "a", url = "ftp://a.example/a", size = 1 } },    "AttachmentUnknown" },
        { "sourceArticleId",      "{taken}",                                  "OperationFailed" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string member, object? value, string expected)
    {
        var article = scene.Article((member, await ValueOfAsync(value)));
        foreach (var version in new[] { "v1", "v2" })
        {
            await (await scene.Caller.PostAsync($"/api/knowledge/{version}/articles/add", article)).ShouldBeAsync(RowOf(expected));
            if (value is not "{taken}")
            {
                await (await scene.Caller.SendAsync(HttpMethod.Put, $"/api/knowledge/{version}/articles/update", article))
                    .ShouldBeAsync(RowOf(expected));
            }
        }

        if (value is not "{taken}")
            Assert.Empty(await KeysAsync(scene.Caller, article));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() =>
        Mistakes.Select(row => row.Data.Item3).ShouldBreak(AddArticle.Rules);

    [Fact]
    public async Task Of_two_mistakes_the_earlier_is_told()
    {
        foreach (var (earlier, later) in Mistakes.Select(row => row.Data).InPairs(row => row.Item1, row => row.Item3))
        {
            if ((earlier.Item1, later.Item1) is ("userId", "corpUserId"))
                continue; // an author who is named by the other id is not missing

            var article = scene.Article(
                (earlier.Item1, await ValueOfAsync(earlier.Item2)), (later.Item1, await ValueOfAsync(later.Item2)));
            await (await scene.Caller.PostAsync(KnowledgeScene.Add, article)).ShouldBeAsync(RowOf(earlier.Item3));
        }
    }

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("[]"), InlineData("null"), InlineData("{\"a\":1,\"a\":2}")]
    public async Task What_is_no_JSON_object_is_malformed(string body) =>
        await (await scene.Caller.PostAsync(KnowledgeScene.Add, body)).ShouldBeAsync(E.ParameterMalformed);

    [Fact]
    public async Task An_article_is_added_listed_replaced_and_deleted()
    {
        var article = await scene.AddArticleAsync(
            ("cateName", new[] { "一", "二" }), ("isAutoCreateCate", 1), ("componentName", "规章"),
            ("corpUserId", scene.Author.CorpUserId),
            ("lang", 1), ("isTopped", "1"), ("pubTime", "1750000000"), ("permission", new { deptCodes = new[] { $"{scene.Research}" } }),
            ("documents", new[] { new { name = "a", url = $"{scene.Server.Address}healthz", size = "7" } }));

        var listed = await OneAsync(scene.Caller, article);
        Assert.Equal("标题", listed.GetProperty("title").GetString());
        Assert.Equal("规章", listed.GetProperty("componentName").GetString());
        Assert.Equal("1750000000", listed.GetProperty("pubTime").GetString());
        Assert.Equal(["一", "二"], listed.GetProperty("cateName").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(7, listed.GetProperty("documents")[0].GetProperty("size").GetInt64());

        article["title"] = "changed";
        article.Remove("permission");
        await (await scene.Caller.SendAsync(HttpMethod.Put, KnowledgeScene.Update, article)).ShouldServeWeLinkAsync();
        listed = await OneAsync(scene.Caller, article);
        Assert.Equal("changed", listed.GetProperty("title").GetString());
        Assert.Equal(0, listed.GetProperty("permission").GetProperty("deptCodes").GetArrayLength());

        await (await DeleteAsync(scene.Caller, article)).ShouldServeWeLinkAsync();
        Assert.Empty(await KeysAsync(scene.Caller, article));
        await (await DeleteAsync(scene.Caller, article)).ShouldBeAsync(E.OperationFailed);
        await (await scene.Caller.SendAsync(HttpMethod.Put, KnowledgeScene.Update, article)).ShouldBeAsync(E.OperationFailed);
    }

    [Fact]
    public async Task A_link_needs_an_address()
    {
        var good = scene.Article(("contentType", 0), ("content", null), ("link", "https://a.example/一"));
        await (await scene.Caller.PostAsync(KnowledgeScene.Add, good)).ShouldServeWeLinkAsync();
        var bad = scene.Article(("contentType", 0), ("link", "nowhere"));
        await (await scene.Caller.PostAsync(KnowledgeScene.Add, bad)).ShouldBeAsync(E.ParameterMalformed);
    }

    [Fact]
    public async Task Categories_are_listed_by_component()
    {
        var name = $"c{Guid.NewGuid():n}";
        await scene.AddArticleAsync(("componentName", name), ("cateName", "一"), ("isAutoCreateCate", "1"));
        await scene.AddArticleAsync(("componentName", name), ("cateName", "一"));

        var components = (await (await scene.Caller.GetAsync("/api/knowledge/v1/component/list")).ShouldServeWeLinkAsync())
            .GetProperty("data");
        var id = components.EnumerateArray().Single(one => one.GetProperty("componentName").GetString() == name)
            .GetProperty("componentId").GetString();
        var categories = (await (await scene.Caller.GetAsync("/api/knowledge/v1/category/list", ("componentId", id)))
            .ShouldServeWeLinkAsync()).GetProperty("data");
        Assert.Equal("一", Assert.Single(categories.EnumerateArray()).GetProperty("cateName").GetString());
        var articles = (await (await scene.Caller.GetAsync(KnowledgeScene.List, ("componentId", id), ("pageSize", "1")))
            .ShouldServeWeLinkAsync());
        Assert.True(articles.GetProperty("hasMore").GetBoolean());
        Assert.Equal(1, articles.GetProperty("data").GetArrayLength());
        await (await scene.Caller.GetAsync("/api/knowledge/v1/category/list", ("componentId", "x"))).ShouldBeAsync(E.ParameterMalformed);
    }

    [Fact]
    public async Task A_member_lists_what_is_for_the_member()
    {
        var forAll = await scene.AddArticleAsync();
        var above = await scene.AddArticleAsync(("permissionDeptCodes", new[] { $"{scene.Research}" }));
        var named = await scene.AddArticleAsync(("permission", new { corpUserIds = new[] { scene.Author.CorpUserId } }));
        var other = await scene.AddMemberAsync($"o{Guid.NewGuid():n}", scene.Tenant.Id, scene.Tenant.Domain, Department.Root);

        foreach (var (member, seen) in new[] { (scene.Author, true), (other, false) })
        {
            Assert.NotEmpty(await KeysAsync(scene.CallerOf(member), forAll));
            Assert.Equal(seen, (await KeysAsync(scene.CallerOf(member), above)).Count == 1);
            Assert.Equal(seen, (await KeysAsync(scene.CallerOf(member), named)).Count == 1);
        }

        await (await scene.CallerOf(scene.Closed).GetAsync(KnowledgeScene.List)).ShouldBeAsync(E.UserUnknown);
        await (await scene.CallerOf(scene.Stranger).GetAsync(KnowledgeScene.List)).ShouldBeAsync(E.UserUnknown);
    }

    [Theory]
    [InlineData("pageNo", "0"), InlineData("pageNo", "201"), InlineData("pageNo", "x"), InlineData("pageSize", "0")]
    [InlineData("pageSize", "51"), InlineData("componentId", "-1"), InlineData("componentId", "x")]
    public async Task A_page_that_is_none_is_malformed(string name, string value) =>
        await (await scene.Caller.GetAsync(KnowledgeScene.List, (name, value))).ShouldBeAsync(E.ParameterMalformed);

    [Theory]
    [InlineData("sourceName", null), InlineData("sourceName", ""), InlineData("sourceName", "a-b")]
    [InlineData("sourceArticleId", null), InlineData("sourceArticleId", "文"), InlineData("moduleType", "other")]
    public async Task What_is_to_be_deleted_has_a_name(string name, string? value)
    {
        (string, string?)[] query = [("sourceName", "source"), ("sourceArticleId", "a"), ("moduleType", "bulletins")];
        query = [.. query.Where(one => one.Item1 != name), (name, value)];
        await (await scene.Caller.SendAsync(HttpMethod.Delete, KnowledgeScene.Delete, null, query)).ShouldBeAsync(E.ParameterMalformed);
    }

    [Fact]
    public async Task Another_app_and_another_organisation_have_articles_of_their_own()
    {
        var article = await scene.AddArticleAsync();
        var stranger = await WeLinkCaller.OfAppAsync(scene.Server);
        foreach (var caller in new[] { scene.Sibling, stranger })
        {
            Assert.Empty(await KeysAsync(caller, article));
            await (await DeleteAsync(caller, article)).ShouldBeAsync(E.OperationFailed);
        }

        await (await stranger.PostAsync(KnowledgeScene.Add, article)).ShouldBeAsync(E.UserUnknown);
        await (await scene.Sibling.SendAsync(HttpMethod.Put, KnowledgeScene.Update, article)).ShouldBeAsync(E.OperationFailed);
        await (await scene.Sibling.PostAsync(KnowledgeScene.Add, article)).ShouldServeWeLinkAsync();
    }

    [Fact]
    public async Task A_token_is_there_and_alive_and_for_knowledge()
    {
        var caller = await scene.NewCallerAsync();
        await (await new WeLinkCaller(scene.Server).GetAsync(KnowledgeScene.List)).ShouldBeAsync(G.AccessTokenInvalid);
        var closed = await scene.NewCallerAsync(app => app with { ApprovedScopes = ["todo"] });
        await (await closed.GetAsync(KnowledgeScene.List)).ShouldBeAsync(G.AccessForbidden);
        await scene.Server.Get<Revoker>().RevokeAppAsync(caller.App.ClientId, default);
        await (await caller.GetAsync(KnowledgeScene.List)).ShouldBeAsync(E.AuthenticationFailed);
    }

    private static ErrorDefinition RowOf(string name) => E.All.Single(error => error.Name == name);

    private static Task<HttpResponseMessage> DeleteAsync(WeLinkCaller caller, Dictionary<string, object?> article) => caller.SendAsync(
        HttpMethod.Delete, KnowledgeScene.Delete, "{}", ("sourceName", "source"), ("sourceArticleId", (string?)article["sourceArticleId"]),
        ("moduleType", "bulletins"));

    private static async Task<JsonElement> OneAsync(WeLinkCaller caller, Dictionary<string, object?> article) =>
        Assert.Single(await KeysAsync(caller, article));

    /// <summary>The article, as the caller has it listed, if at all.</summary>
    private static async Task<IReadOnlyList<JsonElement>> KeysAsync(WeLinkCaller caller, Dictionary<string, object?> article)
    {
        var json = await (await caller.GetAsync(KnowledgeScene.List, ("pageSize", "50"))).ShouldServeWeLinkAsync();
        return
        [
            .. json.GetProperty("data").EnumerateArray().Where(one =>
                article.TryGetValue("sourceArticleId", out var id) && one.GetProperty("sourceArticleId").GetString() == id as string),
        ];
    }

    private async Task<object?> ValueOfAsync(object? value) => value switch
    {
        "{closed}" => scene.Closed.UserId,
        "{stranger}" => scene.Stranger.UserId,
        "{many}" => Enumerable.Repeat("a", 21).ToArray(),
        "{taken}" => (await scene.AddArticleAsync())["sourceArticleId"],
        _ => value,
    };
}
