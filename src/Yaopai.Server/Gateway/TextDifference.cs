namespace Yaopai.Server.Gateway;

/// <param name="At">The character, from 0, at which two texts part, with what stands there in each.</param>
internal sealed record TextDifference(int At, string Expected, string Actual)
{
    private const int Around = 20;

    /// <summary>Null where the texts are equal.</summary>
    public static TextDifference? Of(string expected, string actual)
    {
        var at = expected.AsSpan().CommonPrefixLength(actual);
        return at == expected.Length && at == actual.Length ? null : new TextDifference(at, From(expected, at), From(actual, at));
    }

    /// <summary>Whole characters, of which one may be two in UTF-16.</summary>
    private static string From(string text, int at)
    {
        if (at >= text.Length)
            return "";

        var end = Math.Min(text.Length, at + Around);
        return text[(char.IsLowSurrogate(text[at]) && at > 0 ? at - 1 : at)..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }
}
