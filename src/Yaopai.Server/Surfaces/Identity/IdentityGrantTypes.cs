using Yaopai.Server.Apps;

namespace Yaopai.Server.Surfaces.Identity;

/// <summary>The ways to tokens, by the names that apps are allowed them under.</summary>
internal static class IdentityGrantTypes
{
    public const string Code = "authorization_code";
    public const string Refresh = "refresh_token";
    public const string AppAlone = "client_credentials";

    /// <summary>What the platform calls <see cref="AppAlone"/>.</summary>
    public const string AppAloneHere = "client_credential";

    public static GrantTypes Types { get; } = new(All: [Code, Refresh, AppAlone], Default: [Code, Refresh, AppAlone]);

    /// <summary>Whether the app was allowed it, and can prove what it takes: an app that keeps no secret has nothing of its own.</summary>
    public static bool MayUse(App app, string type) =>
        (app.GrantTypes ?? Types.Default).Contains(type) && !(app.IsPublic && type is AppAlone);
}
