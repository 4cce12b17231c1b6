using System.Text;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth;

/// <summary>Where an app wants a person's browser sent back to.</summary>
internal static class RedirectUri
{
    /// <summary>Clients that keep nothing seal their state into the query.</summary>
    private const int Longest = 4096;

    /// <summary>Not an address: the app, which has none, has its person carry the code over. Registered like one.</summary>
    public const string OutOfBand = "oob";

    /// <summary>What answers say; an address that said it first could put another code or error in its place.</summary>
    private static readonly HashSet<string> s_ours =
    [
        "code", "error", "sub_error", "error_code", "error_description", "error_uri", "errcode", "errmsg", "bind_ticket", "iss", "scope",
        "access_token", "refresh_token", "id_token", "token_type", "expires_in", "response",
    ];

    private const string Session = "session_";
    private const string State = "state";

    /// <summary>Where only programs of the person's own machine listen (RFC 8252 §7.3).</summary>
    private static readonly string[] s_loopback = ["http://127.0.0.1", "http://[::1]", "http://localhost"];

    /// <summary>An absolute address as it stands on the wire: nothing that one program reads in another way than the next.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length is > 0 and <= Longest
        && text.All(c => c is > ' ' and < '\x7f' and not ('#' or '\\' or '<' or '>' or '"' or '`'))
        && char.IsAsciiLetter(text[0]) // "/callback" is an absolute file address to the framework
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.UserInfo is "";

    /// <summary>True for an address that is registered to the letter; on loopback the port is any (RFC 8252 §7.3). An app that is
    /// registered for it may add query parameters, whose names no answer uses.</summary>
    /// <param name="mayAdd">False where tokens follow in the fragment, which survives redirects: a page that is told where to go on
    /// hands them over.</param>
    /// <param name="returnsState">False where the request has no state, so that none of ours follows: some clients put theirs here.</param>
    public static bool IsRegistered(App app, string asked, bool mayAdd = true, bool returnsState = true)
    {
        var portless = WithoutLoopbackPort(asked);
        return app.RedirectUris.Any(known => asked == known || portless == WithoutLoopbackPort(known))
            || (mayAdd && app.AddsToRedirectUris && app.RedirectUris.Any(known => Adds(known, asked, returnsState)
                || Adds(WithoutLoopbackPort(known), portless, returnsState)));
    }

    /// <summary>Which registered address is nearest, and where it parts from the one that was asked for.</summary>
    public static Reason WhyUnregistered(App app, string asked)
    {
        if (app.RedirectUris.MaxBy(known => known.AsSpan().CommonPrefixLength(asked)) is not { } nearest)
            return new Reason("the app has registered no redirect URI") { Actual = asked };

        var at = nearest.AsSpan().CommonPrefixLength(asked);
        return new Reason($"the nearest registered redirect URI is {nearest}; the first difference is at character {at + 1}, "
            + $"of {app.RedirectUris.Count} registered"
            + (at == nearest.Length && asked.AsSpan(at) is ['?' or '&', ..]
                ? ". More of a query is for apps that are registered for it (--redirect-query), and has no name that answers use"
                : ""))
        {
            Expected = string.Join('\n', app.RedirectUris),
            Actual = asked,
            Nearest = nearest,
        };
    }

    /// <summary>Whether a browser on the person's own machine alone can be sent there.</summary>
    public static bool IsLoopback(Uri uri) =>
        uri.IsLoopback || uri.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase); // RFC 6761 §6.3

    public static string With(string uri, params ReadOnlySpan<(string Name, string Value)> parameters) =>
        Append(uri, uri.Contains('?') ? '&' : '?', parameters);

    /// <summary>In the fragment, which the browser keeps to itself and to the scripts of that page.</summary>
    public static string WithFragment(string uri, params ReadOnlySpan<(string Name, string Value)> parameters) =>
        Append(uri, '#', parameters);

    private static string Append(string uri, char separator, ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var text = new StringBuilder(uri);
        foreach (var (name, value) in parameters)
        {
            // As a form has it: people who read the address find words with a plus between.
            text.Append(separator).Append(name).Append('=').Append(
                Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal));
            separator = '&';
        }

        return text.ToString();
    }

    /// <summary>As a policy names it: <c>https://app.example</c>, <c>com.example.app:</c>.</summary>
    public static string OriginOf(string text)
    {
        var uri = new Uri(text);
        var host = uri.HostNameType is UriHostNameType.IPv6 ? uri.Host : uri.IdnHost; // the latter drops the brackets
        return uri.Scheme is "https" or "http" ? $"{uri.Scheme}://{host}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}" : uri.Scheme + ":";
    }

    private static bool Adds(string known, string asked, bool returnsState) =>
        asked.StartsWith(known + (known.Contains('?') ? '&' : '?'), StringComparison.Ordinal)
        && SaysNothingOfOurs(asked.AsSpan(known.Length + 1), returnsState);

    private static bool SaysNothingOfOurs(ReadOnlySpan<char> query, bool returnsState)
    {
        foreach (var range in query.SplitAny('&', ';')) // older frameworks begin a parameter at either
        {
            var pair = query[range];
            var name = NameIn(pair.IndexOf('=') is >= 0 and var at ? pair[..at] : pair);
            if (s_ours.Contains(name) || name.StartsWith(Session, StringComparison.Ordinal) || (returnsState && name is State))
                return false;
        }

        return true;
    }

    /// <summary>The name as any framework may read it: without case, without blanks before, up to a bracket that makes a list of it,
    /// and with an underscore where it has a dot or a blank.</summary>
    private static string NameIn(ReadOnlySpan<char> encoded)
    {
        var name = Uri.UnescapeDataString(encoded).Replace('+', ' ').Trim().ToLowerInvariant();
        var end = name.AsSpan().IndexOfAny(";[\0");
        return (end < 0 ? name : name[..end]).TrimEnd().Replace('.', '_').Replace(' ', '_');
    }

    /// <summary>An address on loopback without its port; any other as it is.</summary>
    private static string WithoutLoopbackPort(string uri)
    {
        foreach (var origin in s_loopback)
        {
            if (!uri.StartsWith(origin, StringComparison.Ordinal) || uri.Length == origin.Length || uri[origin.Length] is not ':')
                continue;

            var end = origin.Length + 1;
            while (end < uri.Length && char.IsAsciiDigit(uri[end]))
                end++;
            if (end > origin.Length + 1 && (end == uri.Length || uri[end] is '/' or '?'))
                return string.Concat(origin, uri.AsSpan(end));
        }

        return uri;
    }
}
