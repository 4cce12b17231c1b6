using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Accounts;

/// <summary>Passwords of people: how they are chosen, kept and compared.</summary>
internal static class Passwords
{
    public const int Shortest = 8;
    public const int Longest = 128;

    private const int Iterations = 210_000; // OWASP, for PBKDF2 with HMAC-SHA-512
    private const int GeneratedLength = 20;
    private const string GeneratedFrom = "abcdefghjkmnpqrstuvwxyz23456789"; // nothing that reads like something else: 99 bits in all

    private static readonly PasswordHasher<object> s_hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private static readonly object s_nobody = new(); // the framework's hasher takes a person, and does not look

    public static bool IsAcceptable(string password) => password.Length is >= Shortest and <= Longest;

    public static string Hash(string password) => s_hasher.HashPassword(s_nobody, password);

    /// <summary>Success that asks for a rehash means a hash with fewer iterations than are made today.</summary>
    public static PasswordVerificationResult Verify(string hash, string password) =>
        // Nobody has a longer one: a megabyte is not worth hashing.
        password.Length > Longest ? PasswordVerificationResult.Failed : s_hasher.VerifyHashedPassword(s_nobody, hash, password);

    public static string Generate() => RandomNumberGenerator.GetString(GeneratedFrom, GeneratedLength);
}
