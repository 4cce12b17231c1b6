using System.Security.Cryptography;
using System.Text.Json;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.WeLink.Knowledge;

/// <summary>Good calls on articles and files.</summary>
internal static class KnowledgeCalls
{
    private const string Root = "/api/knowledge/v1/";

    private static readonly byte[] s_bytes = "a file"u8.ToArray();

    public static GoodCall[] All { get; } =
    [
        WeLinkCalls.OfApp("AddArticle", caller => caller.PostAsync(Root + "articles/add", Article()), "knowledge_article"),
        Of("UpdateArticle", async (_, caller) =>
        {
            var article = await AddAsync(caller);
            return () => caller.SendAsync(HttpMethod.Put, Root + "articles/update", article);
        }, "knowledge_article"),
        Of("DeleteArticle", async (_, caller) =>
        {
            var article = await AddAsync(caller);
            return () => caller.SendAsync(
                HttpMethod.Delete, Root + "articles/delete", null, ("sourceName", "s"),
                ("sourceArticleId", (string)article["sourceArticleId"]));
        }, "knowledge_article") with { IsGoodOnce = true },
        WeLinkCalls.OfApp("ListArticles", caller => caller.GetAsync(Root + "article/list"), "knowledge_listing"),
        WeLinkCalls.OfApp("ListCategories", caller => caller.GetAsync(Root + "category/list"), "knowledge_category"),
        WeLinkCalls.OfApp("ListComponents", caller => caller.GetAsync(Root + "component/list"), "knowledge_component"),
        Of("UploadFile", (server, caller) => Task.FromResult(() => UploadAsync(server, caller, "upload")), "knowledge_attachment"),
        OfFile("UpdateFile", (server, caller, id) => UploadAsync(server, caller, "update", ("fileId", id))),
        OfFile("DownloadFile", (_, caller, id) => caller.GetAsync(Root + "file/download", ("fileId", id))),
        OfFile("DeleteFile", (_, caller, id) => caller.SendAsync(HttpMethod.Delete, Root + "file/delete", null, ("fileId", id)))
            with { IsGoodOnce = true },
        WeLinkCalls.OfApp("AnnounceFile", AnnounceAsync, "knowledge_attachment"),
        Of("SendFile", async (server, caller) =>
        {
            var url = (await DataAsync(await AnnounceAsync(caller))).GetProperty("upload_url").GetString();
            return () => server.Http.PutAsync(url, new ByteArrayContent(s_bytes));
        }, "knowledge_attachment") with { IsGoodOnce = true, NeedsNoKeys = true },
    ];

    private static GoodCall Of(
        string name, Func<TestServer, WeLinkCaller, Task<Func<Task<HttpResponseMessage>>>> prepareAsync, params string[] tables) =>
        new(name, async (server, app) => await prepareAsync(server, await WeLinkCaller.OfAppAsync(server, app)))
        {
            Target = WeLinkCalls.TargetOf(name),
            Tables = tables,
        };

    private static GoodCall OfFile(string name, Func<TestServer, WeLinkCaller, string, Task<HttpResponseMessage>> callAsync) =>
        Of(name, async (server, caller) =>
        {
            var id = (await DataAsync(await UploadAsync(server, caller, "upload"))).GetProperty("fileId").GetString()!;
            return () => callAsync(server, caller, id);
        }, "knowledge_attachment");

    private static Dictionary<string, object> Article() => new()
    {
        ["sourceName"] = "s",
        ["sourceArticleId"] = $"a{Guid.NewGuid():n}",
        ["title"] = "标题",
        ["userId"] = "mainland@welink",
        ["contentType"] = "1",
        ["content"] = "正文",
    };

    private static async Task<Dictionary<string, object>> AddAsync(WeLinkCaller caller)
    {
        var article = Article();
        await (await caller.PostAsync(Root + "articles/add", article)).ShouldServeWeLinkAsync();
        return article;
    }

    private static Task<HttpResponseMessage> AnnounceAsync(WeLinkCaller caller) => caller.PostAsync(
        "/api/clouddrive/v1/files/preupload",
        new { name = "a", size = s_bytes.Length, md5 = Convert.ToHexStringLower(MD5.HashData(s_bytes)) });

    private static async Task<HttpResponseMessage> UploadAsync(
        TestServer server, WeLinkCaller caller, string verb, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{WeLinkCaller.Root}{Root}file/{verb}")
        {
            Content = KnowledgeScene.Form(s_bytes, "a.txt", fields),
        };
        request.Headers.TryAddWithoutValidation("x-wlk-Authorization", caller.Token);
        return await server.Http.SendAsync(request);
    }

    private static async Task<JsonElement> DataAsync(HttpResponseMessage response) =>
        (await response.ShouldServeWeLinkAsync()).GetProperty("data");
}
