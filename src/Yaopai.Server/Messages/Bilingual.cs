using System.Text;
using System.Text.Json;

namespace Yaopai.Server.Messages;

/// <summary>A text in Chinese and in English; one that is written once says the same in both.</summary>
internal sealed record Bilingual(string Zh, string En)
{
    public static Bilingual None { get; } = new("", "");

    public bool IsEmpty => Zh is "" && En is "";

    /// <summary>Reads <c>{"CN":"…","EN":"…"}</c>, and any other text as itself. A language that is left out says what the other says.
    /// Null for what no database keeps: halves of characters, and NUL.</summary>
    public static Bilingual? Parse(string text)
    {
        if (text.StartsWith('{'))
        {
            try
            {
                using var json = JsonDocument.Parse(text);
                if ((TextOf(json.RootElement, "CN"), TextOf(json.RootElement, "EN")) is var (zh, en) && (zh ?? en) is not null)
                    return Storable(new(zh ?? en!, en ?? zh!));
            }
            catch (JsonException)
            {
                // a text that happens to begin like this
            }
            catch (InvalidOperationException)
            {
                return null; // an escaped half of a character
            }
        }

        return Storable(new(text, text));
    }

    /// <summary>Each language with so many bytes of UTF-8 at most, cut between characters.</summary>
    public Bilingual Truncated(int bytes) => new(Truncate(Zh, bytes), Truncate(En, bytes));

    private static string Truncate(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes)
            return text;

        var (units, size) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if ((size += rune.Utf8SequenceLength) > bytes)
                break;

            units += rune.Utf16SequenceLength;
        }

        return text[..units];
    }

    private static Bilingual? Storable(Bilingual text) => IsStorable(text.Zh) && IsStorable(text.En) ? text : null;

    private static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\0')
                return false;
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
                return false;
        }

        return true;
    }

    private static string? TextOf(JsonElement json, string language) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(language, out var text) && text.ValueKind is JsonValueKind.String
            ? text.GetString()
            : null;
}
