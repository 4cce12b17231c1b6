using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Knowledge;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.WeLinkErrors.Knowledge;

namespace Yaopai.Server.Surfaces.WeLink.Knowledge;

/// <summary>GET /api/knowledge/v1/article/list — pages through the app's articles; with a member's token, those that the member may
/// read.</summary>
internal sealed record ListArticles(KnowledgeKit Kit) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterMalformed, x => x.IsOneOf("pageNo", 1, KnowledgeLimits.LastPage)),
        new(E.ParameterMalformed, x => x.IsOneOf("pageSize", 1, KnowledgeLimits.LargestPage)),
        new(E.ParameterMalformed, x => x.IsOneOf("componentId", 0, long.MaxValue)),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.Knowledge, "ListArticles", "GET", ParameterSource.Query, incoming => new Request(incoming, Kit), Rules,
        x => x.AnswerAsync());

    internal sealed class Request(Incoming incoming, KnowledgeKit kit) : KnowledgeRequest(incoming, kit)
    {
        private const int UsualPage = 10;

        public async ValueTask<Answer> AnswerAsync()
        {
            await LoadScopesAsync();
            var size = (int)(ClientId.Number(this["pageSize"]) ?? UsualPage);
            var page = (int)(ClientId.Number(this["pageNo"]) ?? 1);
            var query = new ArticleQuery(
                Scopes, ClientId.Number(this["componentId"]) ?? 0, Token.IsOfUser ? Now : null, (page - 1) * size, size + 1);
            var found = await Knowledge.Articles.ListAsync(TenantId, App.Id, query, Call.Ct);
            return WeLinkDialect.Ok((Request: this, page, size, found), static (json, it) =>
            {
                json.WriteNumber("pageNo", it.page);
                json.WriteNumber("pageSize", it.size);
                json.WriteBoolean("hasMore", it.found.Count > it.size);
                json.WriteStartArray("data");
                foreach (var article in it.found.Take(it.size))
                    it.Request.Write(json, article);
                json.WriteEndArray();
            });
        }

        private void Write(Utf8JsonWriter json, Article article)
        {
            json.WriteStartObject();
            json.WriteString("sourceName", article.Key.SourceName);
            json.WriteString("sourceArticleId", article.Key.SourceId);
            json.WriteString("title", article.Title);
            json.WriteString("userId", article.AuthorId);
            json.WriteString("moduleType", article.Module);
            json.WriteString("contentType", article.Link is null ? "1" : "0");
            json.WriteString("link", article.Link ?? "");
            json.WriteString("excerpt", article.Excerpt);
            json.WriteString("coverImg", article.Cover);
            json.WriteString("lang", $"{article.Language}");
            json.WriteString("recDataStyle", $"{article.Style}");
            json.WriteString("isRecommended", article.IsRecommended ? "1" : "0");
            json.WriteString("isTopped", article.IsTopped ? "1" : "0");
            json.WriteString("pubTime", $"{article.PublishedAt.ToUnixTimeSeconds()}");
            json.WriteString("componentName", article.Component);
            WriteAll(json, "cateName", article.Categories);
            json.WriteStartArray("documents");
            foreach (var document in article.Documents)
            {
                json.WriteStartObject();
                json.WriteString("name", document.Name);
                json.WriteString("url", document.AttachmentId is { } id ? AddressOf(id) : document.Url);
                json.WriteNumber("size", document.Size);
                json.WriteString("fileId", document.AttachmentId ?? "");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (Token.IsOfApp)
            {
                json.WriteStartObject("permission");
                WriteAll(json, "deptCodes", article.Departments);
                WriteAll(json, "userIds", article.Readers);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        private static void WriteAll(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
        {
            json.WriteStartArray(name);
            foreach (var text in texts)
                json.WriteStringValue(text);
            json.WriteEndArray();
        }
    }
}
