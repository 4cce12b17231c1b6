using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Credentials;

/// <summary>Many scopes in few bytes: a credential has 1,024 characters, and platforms have scopes of fifty each.</summary>
/// <remarks>
/// Where their names would be too long, three bytes of the hash stand for each. Who reads them has the names that the app may have;
/// what it may have no longer is nothing.
/// </remarks>
internal static class ScopeMarks
{
    /// <summary>Of one app.</summary>
    public const int MostScopes = 150;

    /// <summary>In characters, up to which a credential has the names themselves.</summary>
    public const int LongestNames = 300;

    private const int Length = 3;

    public static bool AreNeeded(string scopes) => scopes.Length > LongestNames;

    public static byte[] Of(string scopes) => [.. scopes.Split(' ').SelectMany(Mark)];

    /// <summary>The first two that nobody could tell apart; null where there are none.</summary>
    public static (string One, string Other)? Same(IEnumerable<string> scopes)
    {
        var known = new Dictionary<string, string>();
        foreach (var scope in scopes)
        {
            if (!known.TryAdd(Key(Mark(scope)), scope))
                return (known[Key(Mark(scope))], scope);
        }

        return null;
    }

    /// <summary>The names, in the order of the marks.</summary>
    public static string Read(ReadOnlySpan<byte> marks, IEnumerable<string> known)
    {
        var names = known.Distinct().ToLookup(scope => Key(Mark(scope)));
        var read = new List<string>();
        for (; marks.Length >= Length; marks = marks[Length..])
            read.AddRange(names[Key(marks[..Length])]);
        return string.Join(' ', read);
    }

    private static byte[] Mark(string scope) => SHA256.HashData(Encoding.UTF8.GetBytes(scope))[..Length];

    private static string Key(ReadOnlySpan<byte> mark) => Convert.ToHexString(mark);
}
