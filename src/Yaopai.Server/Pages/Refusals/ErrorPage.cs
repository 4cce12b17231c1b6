using Yaopai.Errors;
using Yaopai.Server.Protocol;

namespace Yaopai.Server.Pages.Refusals;

/// <summary>The page for a refusal that a browser meets at a surface.</summary>
internal sealed class ErrorPage : IErrorPage
{
    public bool IsWanted(HttpRequest request) => Negotiation.NamesHtml(request);

    public Task WriteAsync(HttpContext http, ErrorDefinition error) => PageHeaders.NotKept(
        http, context => context.WritePageAsync<RefusalPage, Refusal>(new Refusal(error, context.TraceIdentifier), error.Http));
}
