namespace Yaopai.Server.Gateway;

/// <summary>Which of the names that there are was meant by one that is none.</summary>
internal static class Nearest
{
    /// <summary>What begins like it, whatever the case of its letters and the number of its slashes,
    /// and of these what is as long as it.</summary>
    public static string To(string asked, IEnumerable<string> names)
    {
        var plain = Plain(asked);
        return names
            .OrderByDescending(name => EndsIn(name, plain))
            .ThenByDescending(name => name.Zip(plain).TakeWhile(pair => char.ToLowerInvariant(pair.First) == pair.Second).Count())
            .ThenBy(name => Math.Abs(name.Length - plain.Length))
            .ThenBy(name => name, StringComparer.Ordinal)
            .First();
    }

    /// <summary>Whether it says something to a person: it ends in what was asked for, or begins as that does.</summary>
    public static bool Resembles(string asked, string name) => EndsIn(name, Plain(asked))
        || Plain(name).AsSpan().CommonPrefixLength(Plain(asked)) > 2;

    private static bool EndsIn(string name, string plain) => plain.Length > 1 && Plain(name).EndsWith(plain, StringComparison.Ordinal);

    private static string Plain(string name)
    {
        var plain = name.ToLowerInvariant();
        while (plain.Contains("//", StringComparison.Ordinal))
            plain = plain.Replace("//", "/", StringComparison.Ordinal);

        return plain.TrimEnd('/');
    }
}
