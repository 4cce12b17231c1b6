using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Grants;
using E = Yaopai.Errors.HuaweiAccountErrors.Token;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

/// <summary>POST /oauth2/v3/token — trades a code, a device code or a refresh token for tokens of a person,
/// or proves an app to get one of its own.</summary>
internal sealed partial record Token(GrantKit Kit, HuaweiAccountProfile Profile, UserTokensKit UserTokens) : IOperationDefinition
{
    // The order is the contract: the caller is told the first rule it broke, and nothing of a code or token before it has proved who it is.
    private static Rule<T>[] Opening<T>() where T : TokenRequest =>
    [
        new(E.GrantTypeMissing,              x => x["grant_type"] is not ""),
        new(E.GrantTypeUnsupported,
            x => x["grant_type"] is "authorization_code" or "refresh_token" or "client_credentials" or "device_code"),
        new(E.ClientIdMissing,               x => x["client_id"] is not ""),
        new(E.ClientIdMalformed,             x => Formats.ClientId.IsMatch(x["client_id"])),
    ];

    internal static readonly Rule<CodeRequest>[] AuthorizationCode =
    [
        .. Opening<CodeRequest>(),
        new(E.ClientSecretMissing,           x => x["client_secret"] is not "" || x.ProvesItselfByVerifier),
        new(E.ClientSecretMalformed,         x => x["client_secret"] is "" || Formats.Credential.IsMatch(x["client_secret"])),
        new(E.CodeMissing,                   x => x["code"] is not ""),
        new(E.CodeMalformed,                 x => Formats.Credential.IsMatch(x["code"])),
        new(E.RedirectUriMalformed,          x => x["redirect_uri"] is "" || RedirectUri.IsWellFormed(x["redirect_uri"])),
        new(E.ClientIdUnknown,               x => x.App is not null),
        new(E.ClientSecretIncorrect,         x => x.ProvesItselfByVerifier || x.SecretMatches,         why: x => x.WhySecretIsWrong()),
        new(E.FlowControl,                   x => x.ProvesItselfByVerifier || x.IsWithinQuota()),
        new(E.CodeUnknown,                   x => x.ReadCodeAsync()),
        new(E.CredentialOfAnotherClient,     x => x.IsOfClient,                                why: x => x.WhyOfAnotherClient()),
        new(E.CodeExpired,                   x => !x.IsExpired,                                why: x => x.WhyExpired()),
        Rule.Claim<CodeRequest>(E.CodeUsed,  x => x.IsUnusedAsync(), x => x.TryUseAsync()),
        Rule.ClaimWhere<CodeRequest>(E.FlowControl, x => x.ProvesItselfByVerifier, x => x.IsWithinQuota()), // its code proves it, once
        new(E.CodeRevoked,                   x => x.GrantHoldsAsync()),
        new(E.RedirectUriMismatch,           x => x.RedirectUriMatches,
            why: _ => "it is another one than authorize was asked with"),
        new(E.CodeVerifierMismatch,          x => x.VerifierMatches,                           why: x => x.WhyVerifierIsWrong()),
        new(E.AccountGroupMissing,           x => x.Tokens.GroupIsThere),
    ];

    internal static readonly Rule<RefreshRequest>[] RefreshToken =
    [
        .. Opening<RefreshRequest>(),
        new(E.AppSecretMissing,              x => x["client_secret"] is not ""),
        new(E.ClientSecretMalformed,         x => Formats.Credential.IsMatch(x["client_secret"])),
        new(E.RefreshTokenMissing,           x => x["refresh_token"] is not ""),
        new(E.RefreshTokenMalformed,         x => Formats.Credential.IsMatch(x["refresh_token"])),
        new(E.ScopeMalformed,                x => x["scope"] is "" || Formats.AreScopes(x["scope"])),
        new(E.ClientIdUnknown,               x => x.App is not null),
        new(E.ClientSecretIncorrect,         x => x.SecretMatches,                             why: x => x.WhySecretIsWrong()),
        new(E.FlowControl,                   x => x.IsWithinQuota()),
        new(E.RefreshTokenIllegal,           x => x.DecodeAsync(),                             why: x => $"{x.Result}"),
        new(E.RefreshTokenUnreadable,        x => x.RefreshToken is not null,                  why: x => $"{x.Result}"),
        new(E.CredentialOfAnotherClient,     x => x.IsOfClient),
        new(E.RefreshTokenRevoked,           x => x.GrantHoldsAsync()),
        new(E.RefreshTokenExpired,           x => !x.IsExpired,                                why: x => x.WhyExpired()),
        new(E.ScopeUnknown,                  x => x.ScopesAreGranted,                          why: x => x.WhyScopesAreWrong()),
    ];

    internal static readonly Rule<ClientCredentialsGrant>[] ClientCredentials =
    [
        .. Opening<ClientCredentialsGrant>(),
        new(E.AppSecretMissing,              x => x["client_secret"] is not ""),
        new(E.ClientSecretMalformed,         x => Formats.Credential.IsMatch(x["client_secret"])),
        new(E.AppUnknown,                    x => x.App is not null),
        new(E.AppSecretIncorrect,            x => x.SecretMatches,                             why: x => x.WhySecretIsWrong()),
        new(E.FlowControl,
            x => x.IsWithinQuota() && x.IsWithin("huawei.token client_credentials", AppTokensPerWindow, s_appTokenWindow)),
    ];

    internal static readonly Rule<DeviceRequest>[] DeviceGrant =
    [
        .. Opening<DeviceRequest>(),
        new(E.AppSecretMissing,              x => x["client_secret"] is not ""),
        new(E.ClientSecretMalformed,         x => Formats.Credential.IsMatch(x["client_secret"])),
        new(E.CodeMissing,                   x => x["code"] is not ""),
        new(E.CodeMalformed,                 x => Formats.Credential.IsMatch(x["code"])),
        new(E.ClientIdUnknown,               x => x.App is not null),
        new(E.ClientSecretIncorrect,         x => x.SecretMatches,                             why: x => x.WhySecretIsWrong()),
        new(E.FlowControl,                   x => x.IsWithinQuota()),
        new(E.CodeUnknown,                   x => x.ReadDeviceCodeAsync()),
        new(E.CredentialOfAnotherClient,     x => x.IsOfClient),
        new(E.DeviceCodeExpired,             x => !x.IsExpired,                                why: x => x.WhyExpired()),
        new(E.CodeUnknown,                   x => x.PollAsync()), // sealed by us, but everything was wiped since
        new(E.FlowControl,                   x => x.IsWithinPolls),
        new(E.UserCodeNotScanned,            x => x.Device!.State is not DeviceState.Waiting),
        new(E.UserCodeNotConfirmed,          x => x.Device!.State is not DeviceState.Scanned),
        new(E.UserCodeDenied,                x => x.Device!.State is not DeviceState.Denied),
        Rule.Claim<DeviceRequest>(E.CodeUsed, x => x.IsUntakenAsync(), x => x.TryTakeAsync()),
        new(E.CodeRevoked,                   x => x.GrantHoldsAsync()),
        new(E.AccountGroupMissing,           x => x.Tokens.GroupIsThere),
    ];

    private const int AppTokensPerWindow = 1000;
    private static readonly TimeSpan s_appTokenWindow = TimeSpan.FromMinutes(5);

    public IOperation Define() => new Operation<Call>("huawei", "Token", E.All)
    {
        Readers = Readers.NamedPages,
        Read = ValueTask.FromResult,
        Client = call => ClientId.Parse(call.Parameters["client_id"]),
        Rules = RuleLists.Alternatives(
            call => call.Parameters["grant_type"],
            Alternative<Call>.Of(
                "authorization_code", call => new CodeRequest(call, this), AuthorizationCode, x => ValueTask.FromResult(x.Answer())),
            Alternative<Call>.Of("refresh_token", call => new RefreshRequest(call, this), RefreshToken, x => x.AnswerAsync()),
            Alternative<Call>.Of(
                "client_credentials", call => new ClientCredentialsGrant(call, Kit, Profile), ClientCredentials,
                x => ValueTask.FromResult(AnswerApp(x))),
            Alternative<Call>.Of("device_code", call => new DeviceRequest(call, this), DeviceGrant, x => ValueTask.FromResult(x.Answer()))),
        Gives = Given.Tokens | Given.TokenType | Given.IdToken,
        Failures = new FailureErrors(
            E.All,
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.ProcessingFailed),
            (Failure.DataUnreadable, E.Internal),
            (Failure.KeyLost, E.Internal)),
    };
}
