using Yaopai.Server.Knowledge;
using Yaopai.Server.OAuth;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Knowledge;

/// <summary>A call on knowledge, by an app or for a member who signed in to it.</summary>
internal class KnowledgeRequest(Incoming incoming, KnowledgeKit kit) : WeLinkRequest(incoming)
{
    /// <summary>Where files are served, within the surface.</summary>
    public const string Download = "/api/knowledge/v1/file/download";

    /// <summary>The lists of articles that the caller reads: the app its own, a member those for them.</summary>
    public IReadOnlyList<string> Scopes { get; private set; } = [ArticleScope.OfApp];

    protected KnowledgeKit Knowledge => kit;

    public async ValueTask LoadScopesAsync()
    {
        if (Token.IsOfApp)
            return;

        var codes = new HashSet<string> { $"{Department.Root}" };
        foreach (var membership in User.Memberships)
        {
            foreach (var department in await kit.Tree.PathAsync(TenantId, membership.Department, Call.Ct))
                codes.Add($"{department.Number}");
        }

        Scopes = ArticleScope.For(User.UserId, codes);
    }

    public string AddressOf(string fileId) => $"{Call.Address}{Download}?fileId={fileId}";

    /// <summary>True for a parameter that is absent.</summary>
    public bool IsOneOf(string name, long lowest, long highest) =>
        IsScalar(name) && (this[name] is "" || (ClientId.Number(this[name]) is { } number && number >= lowest && number <= highest));

    public bool IsOn(string name) => this[name] is "1";
}
