namespace Yaopai.Server.Accounts;

/// <summary>Under what a name is unique, and found: in whatever case, and in whatever spelling of the same look.</summary>
internal static class NameKeys
{
    public static string Of(string name) => NormalForms.Composed(name).ToLowerInvariant();

    /// <summary>As typed, which comes first, and taken apart, too: so names were stored when each spelling was a name of its own.</summary>
    public static IReadOnlyList<string> All(string name) =>
        [.. new[] { name.ToLowerInvariant(), Of(name), NormalForms.Decomposed(name).ToLowerInvariant() }.Distinct(StringComparer.Ordinal)];
}
