using System.Net;
using System.Text.RegularExpressions;
using Yaopai.Server.Accounts;

namespace Yaopai.Server.OAuth;

/// <summary>What the values of an app must look like, whoever registers it. Each says what is wrong, as the end of a sentence;
/// null when nothing is.</summary>
internal static partial class AppFormats
{
    private const int LongestHost = 253; // RFC 1035 §2.3.4

    // A code sent there would be read or run by something that is no app.
    private static readonly string[] s_noAppListens =
        ["http", "file", "ftp", "data", "javascript", "vbscript", "about", "blob", "mailto", "ws", "wss"];

    /// <param name="allowPlain">In Development: http to any host, as of a container or another machine of the desk.</param>
    public static string? RedirectUri(string value, bool allowPlain) =>
        value is OAuth.RedirectUri.OutOfBand ? null
        : !AccountFormats.TryAddress(value, out var uri) ? "must be an absolute address: https://app.example/callback"
        : value.Contains('#') ? "must have no fragment (#…)"
        : uri.UserInfo is not "" ? "must not contain a user name"
        : uri.Scheme is "http" && !OAuth.RedirectUri.IsLoopback(uri) && !allowPlain
            ? "must be https; http is only for loopback, and for Development"
        : uri.Scheme is "http" || !s_noAppListens.Contains(uri.Scheme) ? null
        : "must be https, http on loopback, or an app's own scheme (com.example.app:/callback)";

    /// <summary>One scope, or several with spaces between.</summary>
    public static string? Scopes(string value) =>
        ScopeNames.IsMatch(value) ? null : "must contain scopes of letters, digits and : / \\ . _ separated by spaces";

    public static string? Scope(string value) => value.Contains(' ') ? "must be one scope, without spaces" : Scopes(value);

    public static string? Network(string value) =>
        TryNetwork(value, out _) ? null : "must be an address or a network: 203.0.113.7, 10.0.0.0/8, 2001:db8::/32";

    public static string? Host(string value) =>
        value.Length <= LongestHost && (HostFormat.IsMatch(value) || (IPAddress.TryParse(value, out _) && TryNetwork(value, out _)))
            ? null
            : "must be a host name or an address: yaopai.test, 192.0.2.7";

    /// <summary>A network, or one address as a network of its own.</summary>
    public static bool TryNetwork(string value, out IPNetwork network)
    {
        if (IPNetwork.TryParse(value, out network))
            return true;

        // "7" and "0x7f" are addresses to the framework, and typing mistakes to everybody else.
        if (!IPAddress.TryParse(value, out var address) || !(value.Contains(':') || value.Count(c => c is '.') is 3))
            return false;

        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }

    /// <summary>Of what <see cref="Network"/> finds nothing wrong with.</summary>
    public static IPNetwork NetworkOf(string value) => TryNetwork(value, out var network) ? network : default;

    [GeneratedRegex(@"^(\*\.)?[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z")]
    private static partial Regex HostFormat { get; }

    [GeneratedRegex(@"^[0-9a-zA-Z:/\\._\u0020]+\z")]
    private static partial Regex ScopeNames { get; }
}
