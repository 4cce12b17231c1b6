using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Credentials;

/// <summary>Reads what callers present, and knows whether it was revoked.</summary>
internal sealed class CredentialReader(
    CredentialSealer sealer, RevocationList revoked, IRevocationStore store, IRevocationFeed feed, AppDirectory apps,
    IOptions<GrantOptions> options)
{
    /// <summary>Unseals a text that should be a credential of this profile. Whether it is valid is another question.</summary>
    public async ValueTask<(UnsealResult Result, Credential? Credential)> ReadAsync(
        CredentialProfile profile, string text, CancellationToken ct)
    {
        var (result, credential) = await sealer.UnsealAsync(profile, text, ct);
        return (result, credential?.Marks is { } marks ? await NamedAsync(credential, marks, ct) : credential);
    }

    /// <summary>
    /// True when nothing has revoked the token. Memory knows for what was made lately; refresh tokens, sessions and long-lived access
    /// tokens outlive that, and a strict installation trusts nothing but the database; so does a node that has not heard of others for too
    /// long, where the operator says so.
    /// </summary>
    public ValueTask<bool> HoldsAsync(Credential credential, CancellationToken ct)
    {
        if (revoked.IsRevoked(credential))
            return ValueTask.FromResult(false);

        var ask = TrustsNoMemory || credential.Kind is CredentialKind.RefreshToken or CredentialKind.Session
            || !revoked.Remembers(credential);
        return ask ? HoldsInStoreAsync(credential, ct) : ValueTask.FromResult(true);
    }

    /// <summary>True when the grant behind a code stands: consent not withdrawn, password not changed since.</summary>
    public async ValueTask<bool> GrantHoldsAsync(Credential code, CancellationToken ct)
    {
        if (revoked.IsGrantRevoked(code))
            return false;

        return !TrustsNoMemory || await HoldsInStoreAsync(code with { GrantId = Guid.Empty }, ct);
    }

    /// <summary>Whether nothing counts that was issued when it was: no row says so of a single credential.</summary>
    public bool IsVoid(Credential credential) => revoked.IsVoid(credential);

    private bool TrustsNoMemory => options.Value.Strict || (options.Value.MaxFeedAge is { } most && !(feed.Age <= most));

    /// <summary>With the names of its scopes, where marks stand for them.</summary>
    private async ValueTask<Credential> NamedAsync(Credential credential, byte[] marks, CancellationToken ct)
    {
        var approved = await apps.FindAsync(credential.AppId, ct) is { } app ? app.ApprovedScopes : [];
        return credential with { Scopes = ScopeMarks.Read(marks, credential.Profile.OpenScopes.Concat(approved)), Marks = null };
    }

    private async ValueTask<bool> HoldsInStoreAsync(Credential credential, CancellationToken ct) =>
        (await store.TouchingAsync(credential.AppId, credential.AccountId, credential.GrantId, ct))
            .All(row => credential.ValidSince > row.Before);
}
