using Yaopai.Server.Gateway;
using Yaopai.Server.ShortLinks;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity.Links;

/// <summary>GET /s/{code} — leads on to where a short link points.</summary>
/// <remarks>Only as long as its app may call and has the origin registered: what was right when the link was made
/// may not be any more.</remarks>
internal sealed record FollowLink(ShortLinks.ShortLinks Links) : IOperationDefinition
{
    public const string Path = "/s/";

    internal static readonly Rule<Request>[] Rules =
    [
        new(E.UrlMalformed, x => x.Link is not null && x.Call.App is not null,
            why: _ => "the link was never given out, or has expired"),
        new(E.UrlMalformed, x => WebUrl.IsOf(x.Call.App!, x.Link!.Url),
            why: x => $"app {x.Link!.AppId} has registered no redirect URI of that origin any more"),
    ];

    public IOperation Define() => new Operation<Request>("identity", "FollowLink", IdentityFailures.Rows())
    {
        Methods = ["GET"],
        Source = ParameterSource.None,
        IsForPeople = true,
        Read = async call => new Request(call, await Links.FindAsync(call.LastSegment, call.Ct)),
        Client = x => x.Link?.AppId,
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(Answer.Redirect(x.Link!.Url))),
        Failures = IdentityFailures.With(unreadable: E.UrlMalformed, method: E.GetRequired, disabled: E.UrlMalformed),
    };

    internal sealed record Request(Call Call, ShortLink? Link);
}
