using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Accounts;

/// <summary>Why a chosen password will not do.</summary>
internal enum PasswordFault
{
    Length,

    /// <summary>Among the first that are tried: a common one, a login of its person, one key again and again.</summary>
    Guessable,
}

/// <summary>Passwords of people: how they are chosen, kept and compared.</summary>
internal static class Passwords
{
    public const int Shortest = 8;
    public const int Longest = 128;

    /// <summary>A character taken apart has four at most (UAX #15).</summary>
    private const int LongestTyped = 4 * Longest;

    /// <summary>A million guesses: what the lockout leaves to somebody who goes on for years.</summary>
    private const double LeastEntropy = 20;

    /// <summary>How much of a password is judged: the time that takes grows faster than the password.</summary>
    private const int Judged = 40;

    /// <summary>What people choose first in China; the library's lists are of English.</summary>
    private static readonly string[] s_common =
        ["5201314", "1314520", "woaini", "woaini1314", "woaiwojia", "147258369", "qq123456", "a123456", "yaopai", "ceshi", "mima"];

    private const int Iterations = 210_000; // OWASP, for PBKDF2 with HMAC-SHA-512
    private const int GeneratedLength = 20;
    private const string GeneratedFrom = "abcdefghjkmnpqrstuvwxyz23456789"; // nothing that reads like something else: 99 bits in all

    private static readonly PasswordHasher<object> s_hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private static readonly object s_nobody = new(); // the framework's hasher takes a person, and does not look

    /// <summary>Null for one that will do. ASVS 2.1.7, NIST SP 800-63B §5.1.1.2: long enough, and not easily guessed.</summary>
    /// <param name="logins">Of the person who chooses it.</param>
    public static PasswordFault? FaultOf(string password, params IEnumerable<string> logins)
    {
        if (!HasLength(password))
            return PasswordFault.Length;

        password = NormalForms.OfPassword(password);

        // The library sees one key that is repeated, and no word that is.
        var unit = password[..(password + password).IndexOf(password, 1, StringComparison.Ordinal)];
        var judged = unit[..Math.Min(unit.Length, Judged)];
        var entropy = Zxcvbn.Zxcvbn.MatchPassword(judged, logins.Concat(s_common)).Entropy + Math.Log2(password.Length / unit.Length);
        return entropy < LeastEntropy ? PasswordFault.Guessable : null;
    }

    /// <summary>In the spelling that is kept, which may be shorter than the one that was typed.</summary>
    public static bool HasLength(string password) =>
        password.Length <= LongestTyped && NormalForms.OfPassword(password).Length is >= Shortest and <= Longest;

    /// <summary>What a password of this person must not be.</summary>
    public static IEnumerable<string> LoginsOf(Account account) =>
        [account.Name, .. account.Phones.SelectMany(phone => (string[])[phone.National, $"{phone.CallingCode}{phone.National}"])];

    public static string Hash(string password) => s_hasher.HashPassword(s_nobody, NormalForms.OfPassword(password));

    /// <summary>Success that asks for a rehash means a hash with fewer iterations than are made today,
    /// or of a spelling that is not kept today.</summary>
    public static PasswordVerificationResult Verify(string hash, string password)
    {
        // Nobody has a longer one: a megabyte is not worth hashing.
        if (password.Length > LongestTyped || NormalForms.OfPassword(password) is not { Length: <= Longest } kept)
            return PasswordVerificationResult.Failed;

        var result = s_hasher.VerifyHashedPassword(s_nobody, hash, kept);
        if (kept == password || password.Length > Longest)
            return result;

        // Hashes of earlier versions are of what was typed. Asked always, so that the time depends on what is typed alone.
        var typed = s_hasher.VerifyHashedPassword(s_nobody, hash, password);
        return result is not PasswordVerificationResult.Failed ? result
            : typed is not PasswordVerificationResult.Failed ? PasswordVerificationResult.SuccessRehashNeeded
            : PasswordVerificationResult.Failed;
    }

    public static string Generate() => Randomness.GetString(GeneratedFrom, GeneratedLength);
}
