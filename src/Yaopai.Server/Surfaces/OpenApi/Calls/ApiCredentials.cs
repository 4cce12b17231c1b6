using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>What a caller's text is worth.</summary>
internal enum CredentialStatus
{
    /// <summary>Nothing of ours: unknown, changed, of another kind or another surface.</summary>
    Unknown,

    Expired,

    Revoked,

    Valid,
}

/// <summary>A text that a caller presented, read.</summary>
/// <param name="Credential">Null only for what is unknown. That of an app alone has no account.</param>
internal readonly record struct ApiCredential(CredentialStatus Status, Credential? Credential);

/// <summary>Reads the tokens and session keys of calls, and knows whether they are still valid.</summary>
internal sealed class ApiCredentials(CredentialReader reader, OpenApiProfile profile)
{
    /// <summary>An access token, of a person or of an app alone.</summary>
    public async ValueTask<ApiCredential> ReadAccessTokenAsync(Call call, string text) =>
        await ReadAsync(call, text) is { Kind: CredentialKind.AccessToken or CredentialKind.AppToken } token
            ? await StatusOfAsync(call, token)
            : default;

    /// <summary>A session key. Its credential is that of the access token which came with it, but for the kind;
    /// an app's own has no account.</summary>
    public async ValueTask<ApiCredential> ReadSessionKeyAsync(Call call, string text) =>
        await ReadAsync(call, text) is { Kind: CredentialKind.SessionKey } key ? await StatusOfAsync(call, key) : default;

    private async ValueTask<Credential?> ReadAsync(Call call, string text) =>
        (await reader.ReadAsync(profile.Credentials, text, call.Ct)).Credential;

    private async ValueTask<ApiCredential> StatusOfAsync(Call call, Credential credential) => new(
        credential.IsExpiredAt(call.NowFor(credential.AppId)) ? CredentialStatus.Expired
        : !await reader.HoldsAsync(credential, call.Ct) ? CredentialStatus.Revoked
        : CredentialStatus.Valid,
        credential);
}
