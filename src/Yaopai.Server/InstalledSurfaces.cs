using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.HuaweiAccount;
using Yaopai.Server.Surfaces.Identity;
using Yaopai.Server.Surfaces.OpenApi;
using Yaopai.Server.Surfaces.WeLink;

namespace Yaopai.Server;

/// <summary>The surfaces of this program: a line each.</summary>
internal static class InstalledSurfaces
{
    public static IReadOnlyList<ISurfaceModule> All { get; } =
    [
        new HuaweiAccountModule(),
        new OpenApiModule(),
        new IdentityModule(),
        new WeLinkModule(),
    ];

    /// <summary>What an app may be allowed, of the surfaces where apps differ.</summary>
    public static GrantTypes GrantTypes { get; } = new(
        [.. All.SelectMany(surface => surface.GrantTypes?.All ?? []).Distinct()],
        [.. All.SelectMany(surface => surface.GrantTypes?.Default ?? []).Distinct()]);
}
