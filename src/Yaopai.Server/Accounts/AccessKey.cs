using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Accounts;

/// <summary>What a person, or the operator for them, hands to an app so that it may act for the person without their sign-in.</summary>
/// <param name="Hash">SHA-256 of a random text: a slow hash would protect nothing that so much chance does not.</param>
internal sealed record AccessKey(long AccountId, byte[] Hash, DateTimeOffset IssuedAt)
{
    private const int Bytes = 24;

    /// <summary>Made up, and shown once.</summary>
    public static string NewText() => Convert.ToHexStringLower(Randomness.GetBytes(Bytes));

    public static AccessKey Of(long accountId, string text, DateTimeOffset now) => new(accountId, HashOf(text), now);

    /// <summary>In constant time.</summary>
    public bool Matches(string text) => CryptographicOperations.FixedTimeEquals(Hash, HashOf(text));

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

/// <summary>Access Keys: each account has one at most.</summary>
internal interface IAccessKeyStore
{
    /// <summary>The one before, if there is one, opens nothing from then on.</summary>
    Task PutAsync(AccessKey key, CancellationToken ct);

    Task<AccessKey?> FindAsync(long accountId, CancellationToken ct);

    /// <summary>False when there is none.</summary>
    Task<bool> TryRemoveAsync(long accountId, CancellationToken ct);
}
