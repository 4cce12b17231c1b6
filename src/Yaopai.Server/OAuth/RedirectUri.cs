using System.Text;

namespace Yaopai.Server.OAuth;

/// <summary>Where an app wants a person's browser sent back to.</summary>
internal static class RedirectUri
{
    public const int Longest = 2048;

    /// <summary>Not an address: the app, which has none, has its person carry the code over. Registered like one.</summary>
    public const string OutOfBand = "oob";

    /// <summary>What the answer itself says; an address that said it first could put another code or error in its place.</summary>
    private static readonly string[] s_ours = ["code", "error", "sub_error", "error_code", "error_description", "errcode", "errmsg"];

    /// <summary>An absolute address as it stands on the wire: nothing that one program reads in another way than the next.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length is > 0 and <= Longest
        && text.All(c => c is > ' ' and < '\x7f' and not ('#' or '\\' or '<' or '>' or '"' or '`'))
        && char.IsAsciiLetter(text[0]) // "/callback" is an absolute file address to the framework
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.UserInfo is "";

    /// <summary>True for an address that is registered to the letter, or one with more query parameters after it.</summary>
    public static bool IsRegistered(IEnumerable<string> registered, string asked) => registered.Any(known =>
        asked == known ||
        (asked.StartsWith(known + (known.Contains('?') ? '&' : '?'), StringComparison.Ordinal)
            && SaysNothingOfOurs(asked.AsSpan(known.Length + 1))));

    /// <summary>Which registered address is nearest, and where it parts from the one that was asked for.</summary>
    public static string WhyUnregistered(IReadOnlyList<string> registered, string asked)
    {
        if (registered.MaxBy(known => known.AsSpan().CommonPrefixLength(asked)) is not { } nearest)
            return "the app has registered no redirect URI";

        var at = nearest.AsSpan().CommonPrefixLength(asked);
        return $"the nearest registered redirect URI is {nearest}; the first difference is at character {at + 1}, "
            + $"of {registered.Count} registered";
    }

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

    private static bool SaysNothingOfOurs(ReadOnlySpan<char> query)
    {
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            var name = Uri.UnescapeDataString(pair.IndexOf('=') is >= 0 and var at ? pair[..at] : pair);
            if (s_ours.Contains(name))
                return false;
        }

        return true;
    }
}
