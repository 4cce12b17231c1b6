using System.Text;
using System.Text.RegularExpressions;

namespace Yaopai.Server.Journal;

/// <summary>What may be kept of a body: only kinds in which values have names are kept at all.</summary>
internal static partial class MaskedBody
{
    /// <summary>Characters of it that stay.</summary>
    public const int Longest = 4096;

    /// <summary>Null for what is not kept.</summary>
    /// <param name="isWhole">False where only the beginning is there.</param>
    public static string? Of(string? contentType, ReadOnlySpan<byte> utf8, bool isAnswer, bool isWhole)
    {
        var type = (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        var masked = utf8.IsEmpty ? null
            : utf8.TrimStart(" \r\n\t"u8) is [(byte)'{' or (byte)'[', ..] ? MaskedJson.Of(utf8, isAnswer, isWhole)
            : type is "application/x-www-form-urlencoded" ? Masking.Query(Encoding.UTF8.GetString(utf8), isAnswer)
            : type.EndsWith("xml", StringComparison.Ordinal) ? Xml(Encoding.UTF8.GetString(utf8), isAnswer)
            : type is "text/plain" ? Masking.Text(Encoding.UTF8.GetString(utf8))
            : null;
        return masked is null ? null : Masking.Cut(masked, Longest);
    }

    private static string Xml(string xml, bool isAnswer) => Element.Replace(xml, match =>
    {
        var masked = Masking.Value(match.Groups["name"].Value, match.Groups["text"].Value, isAnswer);
        return $"<{match.Groups["start"].Value}>{masked}</";
    });

    [GeneratedRegex(@"<(?<start>(?<name>[A-Za-z_][\w.-]*)[^<>]*)>(?<text>[^<]*)</")]
    private static partial Regex Element { get; }
}
