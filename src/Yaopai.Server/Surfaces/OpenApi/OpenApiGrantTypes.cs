using Yaopai.Server.Apps;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>The ways to tokens that an app may be allowed at the Open API.</summary>
internal static class OpenApiGrantTypes
{
    public const string Code = "authorization_code";
    public const string Implicit = "implicit";
    public const string Refresh = "refresh_token";
    public const string AppAlone = "client_credentials";
    public const string Device = "device_token";
    public const string Password = "password";

    /// <remarks>
    /// Two have to be allowed by name. An app that is given people's passwords could keep them; and tokens in the address of a page are in
    /// the hands of the person before it, without the app having proved anything (RFC 9700 §2.1.2).
    /// </remarks>
    public static GrantTypes Types { get; } = new(
        All: [Code, Implicit, Refresh, AppAlone, Device, Password],
        Default: [Code, Refresh, AppAlone, Device]);

    /// <summary>Whether the app was allowed it, and can prove what it takes.</summary>
    public static bool MayUse(App app, string type) =>
        (app.GrantTypes ?? Types.Default).Contains(type) && !(app.IsPublic && NeedsSecret(type));

    /// <summary>What proves nothing by itself takes an app that has proved itself (RFC 6749 §4.3.1, §4.4).</summary>
    private static bool NeedsSecret(string type) => type is AppAlone or Password;
}
