using System.Net;
using System.Text.RegularExpressions;

namespace Yaopai.Server.Gateway;

/// <summary>What one proxy says of the request that it passed on (RFC 7239 §4); empty where it does not say it.</summary>
internal sealed partial record Forwarded(string For, string Proto, string Host)
{
    public const string Header = "Forwarded";

    private const int MostHops = 32;

    /// <summary>Null where no address is said: <c>unknown</c>, or a name of the proxy's own.</summary>
    public IPAddress? Peer =>
        Node.Match(For) is { Success: true } node && IPAddress.TryParse(node.Groups["address"].Value, out var address) ? address : null;

    /// <summary>Null where it is none that an address could have.</summary>
    public HostString? NamedHost => HostName.IsMatch(Host) ? new HostString(Host) : null;

    /// <summary>All proxies in the order of the header, the nearest last; null where it cannot be read.</summary>
    public static IReadOnlyList<Forwarded>? Read(string header)
    {
        var hops = new List<Forwarded>();
        var said = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; ; at++)
        {
            at = BehindSpace(header, at);
            if (Pair.Match(header, at) is { Success: true } pair)
            {
                if (!said.TryAdd(pair.Groups["name"].Value, ValueOf(pair)))
                    return null; // each name once (RFC 7239 §4)
                at = BehindSpace(header, at + pair.Length);
            }

            if (at == header.Length || header[at] is ',')
            {
                if (said.Count > 0)
                    hops.Add(Of(said));
                if (at == header.Length || hops.Count > MostHops)
                    return hops.Count > MostHops ? null : hops;
                said.Clear();
            }
            else if (header[at] is not ';')
            {
                return null;
            }
        }
    }

    private static Forwarded Of(Dictionary<string, string> said) =>
        new(said.GetValueOrDefault("for", ""), said.GetValueOrDefault("proto", ""), said.GetValueOrDefault("host", ""));

    private static string ValueOf(Match pair) => pair.Groups["plain"] is { Success: true } plain
        ? plain.Value
        : Escape.Replace(pair.Groups["quoted"].Value, "$1");

    private static int BehindSpace(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;

        return at;
    }

    // Addresses are read without quotation marks, too: not every proxy writes those that the colon asks for.
    [GeneratedRegex("""\G(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^\s",;=\\]+))""")]
    private static partial Regex Pair { get; }

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape { get; }

    [GeneratedRegex(@"^(?:(?<address>[0-9.]+)|\[(?<address>[0-9A-Fa-f:.]+)\])(?::[0-9]{1,5})?\z")]
    private static partial Regex Node { get; }

    [GeneratedRegex(@"^(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?\z")]
    private static partial Regex HostName { get; }
}
