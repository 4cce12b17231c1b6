using System.Text.RegularExpressions;
using Yaopai.Server.Gateway;
using Yaopai.Server.Knowledge;
using Yaopai.Server.OAuth;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Knowledge;

/// <summary>An article that an app adds or replaces.</summary>
internal sealed partial class ArticleRequest(Incoming incoming, KnowledgeKit kit) : KnowledgeRequest(incoming, kit)
{
    /// <summary>The only part of the app's site that the document names.</summary>
    public const string Bulletins = "bulletins";

    private const string DocumentList = "documents", UploadedList = "uploadedDocumentIds", CategoryName = "cateName";

    private static readonly string[] s_texts =
    [
        "sourceName", "sourceArticleId", "title", "userId", "corpUserId", "contentType", "link", "content", "moduleType", "coverImg",
        "excerpt", "componentName", "pubTime",
    ];

    private readonly List<ArticleDocument> _documents = [];

    private Member? _author;
    private IReadOnlyList<string> _readers = [];
    private IReadOnlyList<string> _departments = [];

    public bool AreTexts => s_texts.All(IsScalar);

    public bool HasAuthor => this["userId"] is not "" || this["corpUserId"] is not "";

    public bool IsLink => this["contentType"] is "0";

    public bool HasBody => this[IsLink ? "link" : "content"] is not "";

    public bool NamesAreSound => IsName(this["sourceName"]) && IsName(this["sourceArticleId"]);

    public bool IsOfKnownModule => this["moduleType"] is "" or Bulletins;

    public bool FlagsAreSound => IsOneOf("lang", 0, 1) && IsOneOf("isRecommended", 0, 1) && IsOneOf("isTopped", 0, 1)
        && IsOneOf("recDataStyle", 1, 9) && IsOneOf("isAutoCreateCate", 0, 1);

    /// <summary>Seconds, up to the year 2100.</summary>
    public bool IsPublishedSometime => IsOneOf("pubTime", 0, 4_102_444_800);

    public bool AddressesAreSound => (!IsLink || IsAddress(this["link"])) && (this["coverImg"] is "" || IsAddress(this["coverImg"]));

    /// <summary>Its categories: a text at first, a list later; null where it is neither.</summary>
    public IReadOnlyList<string>? Categories =>
        !Body.Has(CategoryName) || Body.Scalar(CategoryName) is "" && Body.IsScalar(CategoryName) ? []
        : Body.IsScalar(CategoryName) ? [Body.Scalar(CategoryName)]
        : Body.Scalars(CategoryName);

    public bool ListsAreSound => Categories is not null && Documents is not null && UploadedIds is not null
        && Permission("deptCodes") is not null && Permission("userIds") is not null && Permission("corpUserIds") is not null;

    public bool TextsFit => this["title"].Length <= KnowledgeLimits.Title && this["content"].Length <= KnowledgeLimits.Content
        && this["excerpt"].Length <= KnowledgeLimits.Excerpt && this["componentName"].Length <= KnowledgeLimits.Name
        && Categories!.All(name => name.Length is > 0 and <= KnowledgeLimits.Name);

    public bool ListsFit => Categories!.Count <= KnowledgeLimits.CategoriesOfArticle
        && Documents!.Count + UploadedIds!.Count <= KnowledgeLimits.Documents
        && Permission("deptCodes")!.Count <= KnowledgeLimits.Readers
        && Permission("userIds")!.Count + Permission("corpUserIds")!.Count <= KnowledgeLimits.Readers;

    public bool DocumentsAreSound => Documents!.All(document =>
        document.Scalar("name") is { Length: > 0 and <= KnowledgeLimits.FileName }
        && document.Scalar("url") is { Length: > 0 and <= KnowledgeLimits.Address }
        && (document.Scalar("size") is "" || ClientId.Number(document.Scalar("size")) is not null));

    private IReadOnlyList<JsonBody>? Documents => Body.Has(DocumentList) ? Body.Objects(DocumentList) : [];

    private IReadOnlyList<string>? UploadedIds => Body.Has(UploadedList) ? Body.Scalars(UploadedList) : [];

    private string Component => this["componentName"];

    public bool MakesCategories => IsOn("isAutoCreateCate");

    /// <summary>Whether an app may call an article so.</summary>
    public static bool IsName(string text) => SourceName.IsMatch(text);

    /// <summary>The member by one id or the other; by both, it has to be the same.</summary>
    public async ValueTask<bool> LoadAuthorAsync()
    {
        var (key, id) = this["userId"] is { Length: > 0 } userId ? (MemberKey.UserId, userId) : (MemberKey.CorpUserId, this["corpUserId"]);
        _author = await Knowledge.Members.FindAsync(TenantId, key, id, Call.Ct);
        return _author is { IsClosed: false } && (this["corpUserId"] is "" || this["corpUserId"] == _author.CorpUserId);
    }

    public async ValueTask<bool> LoadReadersAsync()
    {
        var readers = new HashSet<string>();
        foreach (var (key, name) in new[] { (MemberKey.UserId, "userIds"), (MemberKey.CorpUserId, "corpUserIds") })
        {
            string[] ids = [.. Permission(name)!.Distinct()];
            var members = ids.Length == 0 ? [] : await Knowledge.Members.ListAsync(TenantId, key, ids, Call.Ct);
            if (members.Count < ids.Length)
                return false;

            readers.UnionWith(members.Select(member => member.UserId));
        }

        _readers = [.. readers.Order(StringComparer.Ordinal)];
        return true;
    }

    public async ValueTask<bool> LoadDepartmentsAsync()
    {
        var codes = Permission("deptCodes")!.Distinct().ToArray();
        foreach (var code in codes)
        {
            if (ClientId.Number(code) is not { } number
                || (number != Department.Root && await Knowledge.Departments.FindAsync(TenantId, number, Call.Ct) is null))
                return false;
        }

        _departments = [.. codes.Select(code => $"{ClientId.Number(code)}").Distinct()];
        return true;
    }

    /// <summary>What it is sorted into is there, or will be made.</summary>
    public async ValueTask<bool> IsSortedAsync()
    {
        if (MakesCategories || (Component is "" && Categories is []))
            return true;

        var components = await Knowledge.Categories.ListComponentsAsync(TenantId, Call.Ct);
        if (Component is not "" && components.All(one => one.Name != Component))
            return false;

        var known = await Knowledge.Categories.ListAsync(
            TenantId, components.FirstOrDefault(one => one.Name == Component)?.Id ?? 0, Call.Ct);
        return Categories!.All(name => known.Any(category => category.Name == name));
    }

    /// <summary>Files of ours are the app's and complete; other addresses are such as we may call, and answer.</summary>
    public async ValueTask<bool> LoadDocumentsAsync()
    {
        var ours = AddressOf("");
        var elsewhere = new List<string>();
        foreach (var document in Documents!)
        {
            var url = document.Scalar("url");
            if (url.StartsWith(ours, StringComparison.Ordinal))
            {
                if (!await AddFileAsync(url[ours.Length..], document.Scalar("name")))
                    return false;
            }
            else
            {
                elsewhere.Add(url);
                _documents.Add(new ArticleDocument(document.Scalar("name"), url, ClientId.Number(document.Scalar("size")) ?? 0));
            }
        }

        foreach (var id in UploadedIds!)
        {
            if (!await AddFileAsync(id, name: null))
                return false;
        }

        var answers = await Task.WhenAll(elsewhere.Distinct().Select(
            url => Knowledge.Outside.AnswersAsync(url, Knowledge.Options.Value.LinkTimeout, Call.Ct)));
        return answers.All(answered => answered);
    }

    public async ValueTask<bool> TryAddAsync() =>
        await Knowledge.Articles.TryAddAsync(TenantId, App.Id, Article(), MakesCategories, Call.Ct) is ArticleOutcome.Done;

    public async ValueTask<bool> TryReplaceAsync() =>
        await Knowledge.Articles.TryReplaceAsync(TenantId, App.Id, Article(), MakesCategories, Call.Ct) is ArticleOutcome.Done;

    public Answer Answer() => WeLinkDialect.Ok(this["sourceArticleId"], static (json, id) =>
    {
        json.WriteStartObject("data");
        json.WriteString("sourceArticleId", id);
        json.WriteEndObject();
    });

    /// <summary>Departments stand alone at first, and in an object later; null where something else stands there.</summary>
    private IReadOnlyList<string>? Permission(string name)
    {
        if (name is "deptCodes" && Body.Has("permissionDeptCodes"))
            return Body.Scalars("permissionDeptCodes");
        if (!Body.Has("permission"))
            return [];

        return Body.Object("permission") is not { } permission ? null : permission.Has(name) ? permission.Scalars(name) : [];
    }

    private async ValueTask<bool> AddFileAsync(string id, string? name)
    {
        if (await Knowledge.Attachments.FindAsync(TenantId, id, Call.Ct) is not { } file || file.AppId != App.Id)
            return false;

        _documents.Add(new ArticleDocument(name ?? file.Name, "", file.Content!.Size, id));
        return true;
    }

    private Article Article() => new()
    {
        Key = new ArticleKey(this["sourceName"], this["sourceArticleId"]),
        Title = this["title"],
        AuthorId = _author!.UserId,
        PublishedAt = ClientId.Number(this["pubTime"]) is { } seconds
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.FromUnixTimeMilliseconds(Now.ToUnixTimeMilliseconds()),
        CreatedAt = Now,
        ChangedAt = Now,
        Module = Bulletins,
        Link = IsLink ? this["link"] : null,
        Content = IsLink ? null : this["content"],
        Excerpt = this["excerpt"],
        Cover = this["coverImg"],
        Language = (int)(ClientId.Number(this["lang"]) ?? 0),
        Style = (int)(ClientId.Number(this["recDataStyle"]) ?? 1),
        IsRecommended = IsOn("isRecommended"),
        IsTopped = IsOn("isTopped"),
        Component = Component,
        Categories = [.. Categories!.Distinct()],
        Documents = _documents,
        Departments = _departments,
        Readers = _readers,
    };

    private static bool IsAddress(string text) => text.Length <= KnowledgeLimits.Address
        && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo is "";

    [GeneratedRegex(@"^[0-9A-Za-z_]{1,50}\z")]
    private static partial Regex SourceName { get; }
}
