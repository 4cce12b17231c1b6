using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Credentials;

/// <summary>What a sealed record is for. The number is the third byte of what it looks like outside.</summary>
internal enum CredentialKind : byte
{
    /// <summary>Opens a person's data to an app.</summary>
    AccessToken = 0,

    /// <summary>Trades once for a pair of tokens.</summary>
    Code = 1,

    /// <summary>Trades for access tokens as long as the grant holds.</summary>
    RefreshToken = 2,

    /// <summary>Speaks for an app alone.</summary>
    AppToken = 4,

    /// <summary>Trades once for a pair of tokens, when a person has confirmed elsewhere.
    /// It looks unlike the others outside, and knows of no person.</summary>
    DeviceCode = 32,

    /// <summary>Keeps a person signed in to the pages of this server. It belongs to no app, and lives in a cookie.</summary>
    Session = 8,

    /// <summary>Trades once for tokens of the grant that it was made from: what one part of an app hands to another.</summary>
    Ticket = 64,

    /// <summary>Names an access token to signed requests; the secret that signs them is derived from it.</summary>
    SessionKey = 16,
}

/// <summary>A code or a token, opened: everything that a check needs without a database.</summary>
/// <param name="GrantId">The code's own id, carried by the tokens that came from it: revoking the grant ends them all.</param>
/// <param name="ValidSince">
/// By <see cref="HybridClock"/>: when its request was received, or that of the credential which it came of. A revocation that is dated
/// later ends it, also one that was written while the credential was made.
/// </param>
/// <param name="IssuedAt">When it was made by the app's clock, which the sandbox can move: what expiry is measured by.</param>
/// <param name="Scopes">As in the wire format, separated by single spaces.</param>
/// <param name="PhoneId">The phone number that the person chose to share; null for none.</param>
internal sealed record Credential(
    CredentialKind Kind,
    long AppId,
    long AccountId,
    Guid GrantId,
    DateTimeOffset ValidSince,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    string Scopes,
    long? PhoneId,
    CodeTerms? Terms = null)
{
    /// <summary>Of the platform that gave it out.</summary>
    public required CredentialProfile Profile { get; init; }

    /// <summary>What stands for the scopes where their names are too long; null where they stand themselves, or were read.</summary>
    public byte[]? Marks { get; init; }

    /// <summary>This one alone, where it can be used once and its grant lives on; empty where it is not needed.</summary>
    public Guid Id { get; init; }

    /// <summary>The app showed its secret to get this token. Only where the platform tells such tokens apart.</summary>
    public bool SecretWasShown { get; init; }

    /// <summary>The organisation whose data it opens; 0 where the platform has none.</summary>
    public long TenantId { get; init; }

    /// <summary>Clocks of nodes differ a little; what was issued later than that "in the future" was issued before
    /// a clock was moved back.</summary>
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(1);

    public bool IsExpiredAt(DateTimeOffset now) => now >= ExpiresAt || now < IssuedAt - s_skew;

    public bool Covers(string scope)
    {
        foreach (var range in Scopes.AsSpan().Split(' '))
        {
            if (Scopes.AsSpan(range).SequenceEqual(scope))
                return true;
        }

        return false;
    }
}

/// <summary>What was agreed when a code was asked for, and has to hold when it is traded.</summary>
/// <param name="Component">The part of the client that obtained it, as its platform calls it; empty for none.</param>
/// <param name="Nonce">Goes into the ID token.</param>
/// <param name="RedirectUriHash">SHA-256 of the redirect URI that was named; null where none was.</param>
/// <param name="ChallengeHash">SHA-256 of the code verifier that has to come (RFC 7636); null without PKCE.</param>
/// <param name="IsOffline">Whether a refresh token comes with the access token.</param>
internal sealed record CodeTerms(string Component, string Nonce, byte[]? RedirectUriHash, byte[]? ChallengeHash, bool IsOffline = true)
{
    /// <summary>A redirect URI counts as a whole, its query included.</summary>
    public static CodeTerms For(string component, string nonce, string? redirectUri, byte[]? challengeHash, bool isOffline) => new(
        component, nonce, redirectUri is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(redirectUri)), challengeHash, isOffline);
}
