using Yaopai.Server.Gateway;
using Yaopai.Server.Knowledge;
using E = Yaopai.Errors.WeLinkErrors.Knowledge;

namespace Yaopai.Server.Surfaces.WeLink.Knowledge;

/// <summary>DELETE /api/knowledge/v1/articles/delete — takes an article back; its files leave with it.</summary>
internal sealed record DeleteArticle(KnowledgeKit Kit) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterMalformed, x => x["sourceName"] is not ""),
        new(E.ParameterMalformed, x => x["sourceArticleId"] is not ""),
        new(E.ParameterMalformed, x => ArticleRequest.IsName(x["sourceName"]) && ArticleRequest.IsName(x["sourceArticleId"])),
        new(E.ParameterMalformed, x => x["moduleType"] is "" or ArticleRequest.Bulletins),
        Rule.Claim<Request>(E.OperationFailed, x => x.TryRemoveAsync(), why: _ => "the app has no article of that key"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.Knowledge, "DeleteArticle", "DELETE", ParameterSource.Query, incoming => new Request(incoming, Kit), Rules,
        x => ValueTask.FromResult(WeLinkDialect.Ok(x["sourceArticleId"], static (json, id) =>
        {
            json.WriteStartObject("data");
            json.WriteString("sourceArticleId", id);
            json.WriteEndObject();
        })));

    internal sealed class Request(Incoming incoming, KnowledgeKit kit) : KnowledgeRequest(incoming, kit)
    {
        public async ValueTask<bool> TryRemoveAsync() => await Knowledge.Articles.TryRemoveAsync(
            TenantId, App.Id, new ArticleKey(this["sourceName"], this["sourceArticleId"]), ArticleRequest.Bulletins, Call.Ct);
    }
}
