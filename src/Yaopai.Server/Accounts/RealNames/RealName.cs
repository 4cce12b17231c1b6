using System.Text;

namespace Yaopai.Server.Accounts.RealNames;

internal enum RealNameState
{
    NotVerified = 0,
    Verified = 1,
    InProgress = 2,
}

/// <summary>Who a person is by their papers.</summary>
/// <param name="Number">The identity number, with an upper-case X.</param>
/// <param name="Level">How strongly it was verified; 0 until it is.</param>
internal sealed record RealName(long AccountId, string Name, string Number, int Level, RealNameState State, DateTimeOffset ChangedAt)
{
    public static readonly IReadOnlyList<int> Levels = [0, 10, 20, 30, 35, 40];

    /// <summary>In UTF-8: name and number as JSON have to fit into one block of RSA-2048 with OAEP and SHA-256,
    /// which takes 190 bytes.</summary>
    private const int LongestName = 144;

    /// <summary>Letters with separators between them: 张三, 买买提·吐尔逊, Anna-Maria O'Neil.
    /// No combining marks: hashes are compared, and é has to be one thing.</summary>
    public static bool IsName(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        return runes.Length > 0 && Encoding.UTF8.GetByteCount(text) <= LongestName
            && Rune.IsLetter(runes[0]) && Rune.IsLetter(runes[^1]) && runes.All(rune => Rune.IsLetter(rune) || IsSeparator(rune));
    }

    /// <summary>What is verified has a level, and nothing else has.</summary>
    public static bool Fits(int level, RealNameState state) => Levels.Contains(level) && level > 0 == state is RealNameState.Verified;

    // Whatever writes records into logs finds no person in this one.
    public override string ToString() => $"{nameof(RealName)} of account {AccountId}";

    private static bool IsSeparator(Rune rune) => rune.Value is '·' or '.' or '-' or '\'' or ' ';
}
