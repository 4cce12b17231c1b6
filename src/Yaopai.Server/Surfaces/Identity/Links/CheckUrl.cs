using System.Text.RegularExpressions;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.Identity.OAuth;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity.Links;

/// <summary>POST /url/check — whether an address, or each that stands in a text, is of the app itself.</summary>
internal sealed partial record CheckUrl(BearerKit Kit) : IOperationDefinition
{
    internal static readonly Rule<LinkRequest>[] Rules =
    [
        .. BearerRules.OfApp<LinkRequest>(),
        new(E.BodyMissing,    x => x.Call.HasBody),
        new(E.ContentMissing, x => !x.HasContent || !string.IsNullOrWhiteSpace(x["content"])),
        new(E.UrlMissing,     x => x.HasContent || x["url"] is not ""),
        new(E.UrlTooLong,     x => x["url"].Length <= WebUrl.Longest),
        new(E.UrlMalformed,   x => x["url"] is "" || WebUrl.IsWellFormed(x["url"])),
    ];

    public IOperation Define() => new Operation<LinkRequest>("identity", "CheckUrl", IdentityFailures.Rows())
    {
        Source = ParameterSource.FormOrJson,
        AdmitsByRules = true,
        Read = async call => new LinkRequest(call, await Kit.ReadAsync(call), Kit.Callers, "identity.checkUrl"),
        Client = x => x.Token.AppId,
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(Answer(x))),
        Failures = IdentityFailures.OfWriting,
    };

    private static Answer Answer(LinkRequest x) => IdentityDialect.Ok(x, static (json, x) =>
    {
        json.WriteNumber("errcode", 0);
        json.WriteString("errmsg", "ok");
        json.WriteStartArray("urls");
        foreach (var url in x.HasContent ? Url.Matches(x["content"]).Select(match => match.Value).Distinct() : [x["url"]])
        {
            json.WriteStartObject();
            json.WriteString("url", url);
            json.WriteBoolean("registered", WebUrl.IsWellFormed(url) && WebUrl.IsOf(x.App, url));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>As far as a reader would take it for the address: to the next space, quote or bracket.</summary>
    [GeneratedRegex("""https?://[^\s"'<>()（）【】，。；、]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Url { get; }
}
