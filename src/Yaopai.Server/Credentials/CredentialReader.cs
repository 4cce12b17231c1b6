using Microsoft.Extensions.Options;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Credentials;

/// <summary>Reads what callers present, and knows whether it was revoked.</summary>
internal sealed class CredentialReader(
    CredentialSealer sealer, RevocationList revoked, IRevocationStore store, IOptions<GrantOptions> options)
{
    /// <summary>Unseals a text that should be a credential of this profile. Whether it is valid is another question.</summary>
    public ValueTask<(UnsealResult Result, Credential? Credential)> ReadAsync(
        CredentialProfile profile, string text, CancellationToken ct) =>
        sealer.UnsealAsync(profile, text, ct);

    /// <summary>
    /// True when nothing has revoked the token. Memory knows for what was made lately; refresh tokens, sessions and long-lived access
    /// tokens outlive that, and a strict installation trusts nothing but the database.
    /// </summary>
    public ValueTask<bool> HoldsAsync(Credential credential, CancellationToken ct)
    {
        if (revoked.IsRevoked(credential))
            return ValueTask.FromResult(false);

        var ask = options.Value.Strict || credential.Kind is CredentialKind.RefreshToken or CredentialKind.Session
            || !revoked.Remembers(credential);
        return ask ? HoldsInStoreAsync(credential, ct) : ValueTask.FromResult(true);
    }

    /// <summary>True when the grant behind a code stands: consent not withdrawn, password not changed since.</summary>
    public async ValueTask<bool> GrantHoldsAsync(Credential code, CancellationToken ct)
    {
        if (revoked.IsGrantRevoked(code))
            return false;

        return !options.Value.Strict || await HoldsInStoreAsync(code with { GrantId = Guid.Empty }, ct);
    }

    private async ValueTask<bool> HoldsInStoreAsync(Credential credential, CancellationToken ct) =>
        (await store.TouchingAsync(credential.AppId, credential.AccountId, credential.GrantId, ct))
            .All(row => credential.ValidSince > row.Before);
}
