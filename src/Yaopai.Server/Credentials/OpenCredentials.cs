using Yaopai.Server.Apps;

namespace Yaopai.Server.Credentials;

/// <summary>What a caller's text is worth.</summary>
internal enum OpenStanding
{
    /// <summary>Nothing of ours: unknown, changed, of another kind or another surface.</summary>
    Unknown,

    Expired,

    Revoked,

    Holds,
}

/// <summary>A text that a caller presented, read.</summary>
/// <param name="Credential">Null only for what is unknown. That of an app alone has no account.</param>
internal readonly record struct OpenCredential(OpenStanding Standing, Credential? Credential);

/// <summary>Opens the credentials of the Open API, and knows whether they still hold.</summary>
internal sealed class OpenCredentials(CredentialSealer sealer, CredentialReader reader, SessionSecrets secrets, IAppClock clock)
{
    /// <summary>An access token, of a person or of an app alone.</summary>
    public async ValueTask<OpenCredential> ReadAccessTokenAsync(string text, CancellationToken ct) =>
        await OpenTokenAsync(text, ct) is { Kind: CredentialKind.AccessToken or CredentialKind.AppToken } token ? await StandingOfAsync(token, ct) : default;

    /// <summary>A session key. Its credential is that of the access token which came with it, but for the kind; an app's own has no account.</summary>
    public async ValueTask<OpenCredential> ReadSessionKeyAsync(string text, CancellationToken ct) =>
        await OpenAsync(text, ct) is { Kind: CredentialKind.SessionKey } key ? await StandingOfAsync(key, ct) : default;

    /// <summary>What signs the requests that name this session key. Says nothing of the key.</summary>
    public string SecretOf(string sessionKey) => secrets.Of(sessionKey);

    /// <summary>Null unless it is a refresh token; whether it holds is another question.</summary>
    public async ValueTask<Credential?> OpenRefreshTokenAsync(string text, CancellationToken ct) =>
        await OpenTokenAsync(text, ct) is { Kind: CredentialKind.RefreshToken } refresh ? refresh : null;

    /// <summary>Null unless it is a code, or that of a device: whichever is asked for.</summary>
    public async ValueTask<Credential?> OpenCodeAsync(CredentialKind kind, string text, CancellationToken ct) =>
        await OpenAsync(text, ct) is { } code && code.Kind == kind ? code : null;

    /// <summary>One token has one spelling: what stands around its sealed part can be read by anyone, so it has to be true.</summary>
    private async ValueTask<Credential?> OpenTokenAsync(string text, CancellationToken ct)
    {
        if (!OpenTokenText.TryRead(text, out var @sealed) || await OpenAsync(@sealed, ct) is not { } token)
            return null;

        var isToken = token.Kind is CredentialKind.AccessToken or CredentialKind.AppToken or CredentialKind.RefreshToken;
        return isToken && text == OpenTokenText.Of(token, @sealed) ? token : null;
    }

    private async ValueTask<Credential?> OpenAsync(string text, CancellationToken ct) =>
        (await sealer.OpenAsync(CredentialRealm.OpenApi, text, ct)).Credential;

    private async ValueTask<OpenCredential> StandingOfAsync(Credential credential, CancellationToken ct) => new(
        credential.IsExpiredAt(clock.NowFor(credential.AppId)) ? OpenStanding.Expired
        : !await reader.HoldsAsync(credential, ct) ? OpenStanding.Revoked
        : OpenStanding.Holds,
        credential);
}
