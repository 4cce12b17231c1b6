using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Keys;

namespace Yaopai.Server.OAuth;

/// <summary>A token that a request presents, unsealed, and what operations ask of it.</summary>
internal sealed class BearerToken
{
    private const string Scheme = "Bearer";

    private readonly Call _call;
    private readonly CredentialReader _reader;

    private BearerToken(Call call, CredentialReader reader, string text, UnsealResult result, Credential? credential) =>
        (_call, _reader, Text, Result, Credential) = (call, reader, text, result, credential);

    /// <summary>As it was sent; empty where none was.</summary>
    public string Text { get; }

    /// <summary>How far the text came on its way to being a credential.</summary>
    public UnsealResult Result { get; }

    /// <summary>Null for a text that is none of ours.</summary>
    public Credential? Credential { get; }

    public long? AppId => Credential?.AppId;

    public bool IsAccessToken => Credential is { Kind: CredentialKind.AccessToken or CredentialKind.AppToken };

    public bool IsOfUser => Credential is { Kind: CredentialKind.AccessToken };

    public bool IsOfApp => Credential is { Kind: CredentialKind.AppToken };

    public bool IsExpired => Credential!.IsExpiredAt(_call.NowFor(Credential.AppId));

    /// <summary>Sealed here and not expired: it proves that its app calls, so the call counts against that app's quota.</summary>
    public bool IsProof => Credential is not null && !IsExpired;

    /// <summary>The app that the token was given to.</summary>
    /// <exception cref="FailureException">It was deleted since.</exception>
    public App App => _call.App ?? throw new FailureException(Failure.DataUnreadable, "The app of the token is gone.");

    /// <summary>The token of an Authorization header (RFC 6750 §2.1). Empty where there is none; of two headers neither counts.</summary>
    public static string InHeader(HttpRequest request) => request.Headers.Authorization is [{ } header] ? Behind(header) ?? "" : "";

    /// <summary>What stands behind the scheme, whose case and distance say nothing (RFC 9110 §11.1); null where that is another.</summary>
    public static string? Behind(string header) =>
        header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header.AsSpan(Scheme.Length) is [' ' or '\t', ..] shown
            ? shown.Trim(" \t").ToString()
            : null;

    public static async ValueTask<BearerToken> ReadAsync(Call call, CredentialReader reader, SurfaceProfile profile, string text)
    {
        var (result, credential) = await reader.ReadAsync(profile.Credentials, text, call.Ct);
        return new BearerToken(call, reader, text, result, credential);
    }

    public ValueTask<bool> IsNotRevokedAsync() => _reader.HoldsAsync(Credential!, _call.Ct);

    /// <summary>False for everything that may be wrong with an access token: none of ours, of another kind, expired, revoked.</summary>
    public async ValueTask<bool> IsValidAsync() => IsAccessToken && !IsExpired && await IsNotRevokedAsync();

    /// <exception cref="FailureException">The account was deleted since.</exception>
    public async ValueTask<Account> UserAsync(AccountDirectory accounts) => await accounts.FindAsync(Credential!.AccountId, _call.Ct)
        ?? throw new FailureException(Failure.DataUnreadable, "The account of the token is gone.");

    /// <summary>Why the token is not valid, for those who may know.</summary>
    public string WhyInvalid() => this switch
    {
        { Text: "" } => "no token was sent",
        { Credential: null } => $"the token is none of this surface: {Result}",
        { IsAccessToken: false } => $"a {Credential.Kind} was sent, an access token is expected",
        { IsExpired: true } => $"expired at {Credential.ExpiresAt:O}; it is {_call.NowFor(Credential.AppId):O} for app {Credential.AppId}",
        _ => $"revoked after it was issued at {Credential.IssuedAt:O}",
    };
}
