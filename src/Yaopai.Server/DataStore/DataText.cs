using System.Text;
using System.Text.RegularExpressions;

namespace Yaopai.Server.DataStore;

/// <summary>What texts may be, and how large they are.</summary>
internal static partial class DataText
{
    public const int LongestString = 255;
    public const int LongestKey = 255;
    public const int LongestAssociationData = 255;
    public const int LongestPreference = 128;
    public const int LargestBlob = 64 * 1024;

    /// <summary>The name of a type, a property, an association or one of its ends.</summary>
    public static bool IsName(string? name) => name is not null && Name.IsMatch(name);

    public static bool IsKey(string? key) => key is not null and not "" && IsText(key, LongestKey);

    /// <summary>Whether it can be stored and has at most so many characters.</summary>
    public static bool IsText(string text, int longest) => IsStorable(text) && Characters(text) <= longest;

    public static bool IsBlob(string text) => IsStorable(text) && Size(text) <= LargestBlob;

    public static int Size(string text) => Encoding.UTF8.GetByteCount(text);

    public static int Characters(string text) => text.Count(unit => !char.IsLowSurrogate(unit));

    // Both engines keep UTF-8, which has no half characters; PostgreSQL keeps no NUL in a text.
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

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]{0,31}\z")]
    private static partial Regex Name { get; }
}
