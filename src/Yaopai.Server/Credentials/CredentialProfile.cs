namespace Yaopai.Server.Credentials;

/// <summary>What is one platform's own about its credentials. The domain is handed one for each platform and names none.</summary>
internal sealed record CredentialProfile
{
    /// <summary>Tells credentials of this profile from all others: it is sealed into them,
    /// and to every other profile they are nothing.</summary>
    /// <remarks>The second byte of what a credential looks like outside.
    /// Tickets and forms are sealed under the same keys, and begin with 2 and 3.</remarks>
    public required byte Realm { get; init; }

    /// <summary>The kinds that this platform gives out.</summary>
    public required IReadOnlySet<CredentialKind> Kinds { get; init; }

    public required ICredentialText Text { get; init; }

    public required Lifetimes Lifetimes { get; init; }

    /// <summary>The scopes that every app may have, beside those that it is approved for.</summary>
    public IReadOnlyList<string> OpenScopes { get; init; } = [];

    /// <summary>Whether a refresh token is replaced whenever it is used, so that each carries an id of its own.</summary>
    public bool RotatesRefreshTokens { get; init; }

    /// <summary>Whether access tokens say that the app showed its secret to get them.</summary>
    public bool MarksSecretShown { get; init; }

    /// <summary>Whether credentials are for the data of one organisation, and say which.</summary>
    public bool NamesTenant { get; init; }

    /// <summary>A refresh token need not say: whether a secret is shown with it is seen when it is used.</summary>
    public bool SaysSecretShown(CredentialKind kind) => MarksSecretShown && kind is CredentialKind.AccessToken or CredentialKind.SessionKey;

    public bool HasId(CredentialKind kind) =>
        kind is CredentialKind.Ticket || (RotatesRefreshTokens && kind is CredentialKind.RefreshToken);
}

/// <summary>How sealed bytes are written as text. One credential has one text; a second spelling of it is no credential.</summary>
internal interface ICredentialText
{
    string Write(Credential credential, ReadOnlySpan<byte> @sealed);

    /// <summary>Reads the sealed bytes, strictly. False for a text that is not of the alphabet.</summary>
    bool TryRead(string text, Span<byte> @sealed, out int length);

    /// <summary>Whether the text is the one of this credential: what stands around the sealed part can be read by anyone,
    /// so it has to be true.</summary>
    bool IsTextOf(Credential credential, string text);
}

/// <summary>How long the credentials of one profile live.</summary>
internal sealed record Lifetimes(
    TimeSpan Code, TimeSpan AccessToken, TimeSpan RefreshToken, TimeSpan DeviceCode, TimeSpan UserCode, TimeSpan PollInterval)
{
    /// <summary>Of a ticket, where the platform has them.</summary>
    public TimeSpan Ticket { get; init; }

    /// <summary>Nothing that the platform gives out lives longer.</summary>
    public TimeSpan Longest => new[] { Code, AccessToken, RefreshToken, DeviceCode, Ticket }.Max();
}

/// <summary>The profiles of all platforms of this installation.</summary>
internal sealed class CredentialProfiles
{
    private readonly IReadOnlyList<CredentialProfile> _all;

    /// <exception cref="InvalidOperationException">Two profiles have one realm,
    /// or one has a realm that tickets or forms begin with.</exception>
    public CredentialProfiles(IEnumerable<CredentialProfile> profiles)
    {
        _all = [.. profiles];
        foreach (var realm in _all.GroupBy(profile => profile.Realm))
        {
            if (realm.Count() > 1 || realm.Key is 0 or 2 or 3)
                throw new InvalidOperationException($"The realm {realm.Key} cannot be told from another.");
        }
    }

    /// <summary>What is revoked for all profiles may meet the credential that lives longest.</summary>
    public TimeSpan LongestLifetime => _all.Select(profile => profile.Lifetimes.Longest).DefaultIfEmpty().Max();
}
