using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.Identity.OAuth;

namespace Yaopai.Server.Surfaces.Identity.Links;

/// <summary>An address, or a text with addresses, from an app's server.</summary>
internal sealed class LinkRequest(Call call, BearerToken token, CallerKit kit, string target) : TokenBearer(call, token, kit, target)
{
    /// <summary>Whether a text was sent, be it an empty one.</summary>
    public bool HasContent => Call.Parameters.Items.Any(parameter => parameter.Key is "content");
}
