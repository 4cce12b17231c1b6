using Yaopai.Server.Gateway;
using E = Yaopai.Errors.WeLinkErrors.Knowledge;

namespace Yaopai.Server.Surfaces.WeLink.Knowledge;

/// <summary>POST /api/knowledge/v1|v2/articles/add — puts an article before members.</summary>
internal sealed record AddArticle(KnowledgeKit Kit) : IOperationDefinition
{
    internal static readonly Rule<ArticleRequest>[] Rules =
    [
        .. ArticleRules.All,
        Rule.Claim<ArticleRequest>(E.OperationFailed, x => x.TryAddAsync(), why: _ => "the app has an article of that key"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.Knowledge, "AddArticle", "POST", ParameterSource.Json, incoming => new ArticleRequest(incoming, Kit), Rules,
        x => ValueTask.FromResult(x.Answer()));
}

/// <summary>PUT /api/knowledge/v1|v2/articles/update — puts another in its place; what is not said of it is not so any more.</summary>
internal sealed record UpdateArticle(KnowledgeKit Kit) : IOperationDefinition
{
    internal static readonly Rule<ArticleRequest>[] Rules =
    [
        .. ArticleRules.All,
        Rule.Claim<ArticleRequest>(E.OperationFailed, x => x.TryReplaceAsync(), why: _ => "the app has no article of that key"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.Knowledge, "UpdateArticle", "PUT", ParameterSource.Json, incoming => new ArticleRequest(incoming, Kit), Rules,
        x => ValueTask.FromResult(x.Answer()));
}

/// <summary>What holds for an article, whether it is new or not.</summary>
internal static class ArticleRules
{
    // What is missing comes before what is no such thing, that before what is too much, and that before what is not there.
    internal static readonly Rule<ArticleRequest>[] All =
    [
        new(E.ParameterMalformed,  x => x.AreTexts),
        new(E.ParameterMalformed,  x => x["sourceName"] is not ""),
        new(E.ParameterMalformed,  x => x["sourceArticleId"] is not ""),
        new(E.ParameterMalformed,  x => x["title"] is not ""),
        new(E.ParameterMalformed,  x => x.HasAuthor),
        new(E.ParameterMalformed,  x => x["contentType"] is not ""),
        new(E.ParameterMalformed,  x => x.HasBody),
        new(E.ParameterMalformed,  x => x.NamesAreSound),
        new(E.ParameterMalformed,  x => x["contentType"] is "0" or "1"),
        new(E.ParameterMalformed,  x => x.IsOfKnownModule),
        new(E.ParameterMalformed,  x => x.FlagsAreSound),
        new(E.ParameterMalformed,  x => x.IsPublishedSometime),
        new(E.ParameterMalformed,  x => x.AddressesAreSound),
        new(E.ParameterMalformed,  x => x.ListsAreSound),
        new(E.ParameterMalformed,  x => x.DocumentsAreSound),
        new(E.ParameterMalformed,  x => x.TextsFit),
        new(E.ParameterMalformed,  x => x.ListsFit),
        new(E.UserUnknown,         x => x.LoadAuthorAsync()),
        new(E.UserUnknown,         x => x.LoadReadersAsync()),
        new(E.DepartmentUnknown,   x => x.LoadDepartmentsAsync()),
        new(E.CategoryUnknown,     x => x.IsSortedAsync()),
        new(E.AttachmentUnknown,   x => x.LoadDocumentsAsync()),
    ];
}
