using Microsoft.Extensions.Options;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.Identity.OAuth;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity.Links;

/// <summary>POST /url/shorten — a short address that leads to a long one of the app, for a while.</summary>
internal sealed record ShortenUrl(BearerKit Kit, ShortLinks.ShortLinks Links, IOptions<IdentityOptions> Options) : IOperationDefinition
{
    internal static readonly Rule<LinkRequest>[] Rules =
    [
        .. BearerRules.OfApp<LinkRequest>(),
        new(E.BodyMissing,  x => x.Call.HasBody),
        new(E.UrlMissing,   x => x["url"] is not ""),
        new(E.UrlTooLong,   x => x["url"].Length <= WebUrl.Longest),
        new(E.UrlMalformed, x => WebUrl.IsWellFormed(x["url"])),
        new(E.UrlMalformed, x => WebUrl.IsOf(x.App, x["url"]),
            why: x => $"links lead to origins that app {x.App.Id} has registered a redirect URI of"),
    ];

    public IOperation Define() => new Operation<LinkRequest>("identity", "ShortenUrl", IdentityFailures.Rows())
    {
        Source = ParameterSource.FormOrJson,
        AdmitsByRules = true,
        Read = async call => new LinkRequest(call, await Kit.ReadAsync(call), Kit.Callers, "identity.shortenUrl"),
        Client = x => x.Token.AppId,
        Rules = RuleLists.One(Rules, AnswerAsync),
        Failures = IdentityFailures.OfWriting,
    };

    private async ValueTask<Answer> AnswerAsync(LinkRequest x)
    {
        var lifetime = Options.Value.ShortLinkLifetime;
        var link = await Links.AddAsync(x.App.Id, x["url"], lifetime, x.Call.Ct);
        return IdentityDialect.Ok((Address: x.Call.Address + FollowLink.Path + link.Code, lifetime), static (json, it) =>
        {
            json.WriteNumber("errcode", 0);
            json.WriteString("errmsg", "ok");
            json.WriteString("short_url", it.Address);
            json.WriteNumber("expires_in", (long)it.lifetime.TotalSeconds);
        });
    }
}
