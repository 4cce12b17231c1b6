namespace Yaopai.Server.Apps;

/// <summary>The ways to tokens that an app may be allowed at the Open API.</summary>
internal static class OpenGrants
{
    public const string Code = "authorization_code";
    public const string Implicit = "implicit";
    public const string Refresh = "refresh_token";
    public const string AppAlone = "client_credentials";
    public const string Device = "device_token";
    public const string Password = "password";

    public static IReadOnlyList<string> All { get; } = [Code, Implicit, Refresh, AppAlone, Device, Password];

    /// <summary>What an app may use that nothing else is said of. An app that is given people's passwords could keep them, so that has to be said.</summary>
    public static IReadOnlyList<string> Default { get; } = [Code, Implicit, Refresh, AppAlone, Device];

    /// <summary>What proves nothing by itself takes an app that has proved itself (RFC 6749 §4.3.1, §4.4).</summary>
    public static bool NeedsSecret(string grant) => grant is AppAlone or Password;
}
