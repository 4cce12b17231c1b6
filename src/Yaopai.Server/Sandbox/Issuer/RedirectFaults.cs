using Yaopai.Server.Gateway;

namespace Yaopai.Server.Sandbox.Issuer;

/// <summary>Browsers that come back to the app with something wrong.</summary>
internal static class RedirectFaults
{
    public static bool IsOfRedirects(FaultKind kind) => kind >= FaultKind.WrongState;

    /// <summary>The code that the browser brings to the app; null where it goes elsewhere, or brings none.</summary>
    public static string? CodeIn(Answer answer) => Said(answer).FirstOrDefault(pair => pair.Name is "code").Value;

    /// <summary>Whether the browser has something there that can be made wrong.</summary>
    public static bool Fits(FaultKind kind, Answer answer) => kind switch
    {
        FaultKind.WrongState or FaultKind.MissingState => Said(answer).Any(pair => pair.Name is "state"),
        _ => true,
    };

    public static Answer Change(FaultKind kind, Answer answer) => kind switch
    {
        FaultKind.WrongState => With(answer, said => said.Select(pair => pair.Name is "state" ? pair with { Value = "of-another" } : pair)),
        FaultKind.MissingState => With(answer, said => said.Where(pair => pair.Name is not "state")),
        FaultKind.WrongIssParameter => With(answer, said => said.Append(("iss", JsonFaults.Elsewhere))),
        FaultKind.DuplicateParameters => With(answer, said => said.Concat(said)),
        _ => answer,
    };

    private static Answer With(
        Answer answer, Func<(string Name, string Value)[], IEnumerable<(string Name, string Value)>> change)
    {
        (string, string)[] said = [.. change([.. Said(answer)])];
        if (answer.Fields is not null)
            return answer with { Fields = said };

        var (address, separator, _) = Parts(answer.Location!);
        return answer with { Location = address + separator + string.Join('&', said.Select(Written)) };
    }

    private static string Written((string Name, string Value) pair) =>
        $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}";

    private static IEnumerable<(string Name, string Value)> Said(Answer answer) => answer.Fields ?? Read(Parts(answer.Location!).Said);

    private static IEnumerable<(string Name, string Value)> Read(string said)
    {
        foreach (var pair in said.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var end = pair.IndexOf('=') is >= 0 and var equals ? equals : pair.Length;
            yield return (Decoded(pair[..end]), Decoded(pair[Math.Min(pair.Length, end + 1)..]));
        }
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    /// <summary>What tokens are said in is a fragment, everything else a query.</summary>
    private static (string Address, string Separator, string Said) Parts(string location)
    {
        var at = location.IndexOf('#') is >= 0 and var hash ? hash : location.IndexOf('?');
        return at < 0 ? (location, "?", "") : (location[..at], location[at].ToString(), location[(at + 1)..]);
    }
}
