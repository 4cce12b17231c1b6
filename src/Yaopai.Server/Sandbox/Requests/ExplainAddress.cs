using Microsoft.Extensions.Options;
using Yaopai.Server.Gateway;
using Yaopai.Server.Journal;
using Yaopai.Server.Upstreams;

namespace Yaopai.Server.Sandbox.Requests;

/// <summary>The address of a request in the journal, as its caller reaches this server. The hosts of a surface have the surface's own
/// addresses alone: there it begins with the server's.</summary>
internal sealed class ExplainAddress(IOwnAddress own, IOptions<GatewayOptions> gateway) : IExplainAddress
{
    public string Of(Call call)
    {
        var request = call.Http.Request;
        var origin = call.Root is not "" ? PublicAddress.OriginOf(request) + request.PathBase
            : gateway.Value.PublicAddress?.TrimEnd('/') ?? own.Find()?.GetLeftPart(UriPartial.Authority);
        return $"{origin}{RequestEndpoints.Path}/{call.Http.TraceIdentifier}";
    }
}
