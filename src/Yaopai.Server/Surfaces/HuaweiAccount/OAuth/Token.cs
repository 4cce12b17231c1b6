using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.HuaweiAccount.Tokens;
using E = Yaopai.Errors.HuaweiAccountErrors.Token;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

/// <summary>POST /oauth2/v3/token — trades a code, a device code or a refresh token for tokens of a person, or proves an app to get one of its own.</summary>
internal static partial class Token
{
    // The order is the contract: the caller is told the first rule it broke, and nothing of a code or token before it has proved who it is.
    private static readonly Rule<Request>[] s_opening =
    [
        new(E.GrantTypeMissing,              x => x["grant_type"] is not ""),
        new(E.GrantTypeUnsupported,          x => x["grant_type"] is "authorization_code" or "refresh_token" or "client_credentials" or "device_code"),
        new(E.ClientIdMissing,               x => x["client_id"] is not ""),
        new(E.ClientIdMalformed,             x => Formats.ClientId.IsMatch(x["client_id"])),
    ];

    internal static readonly Rule<Request>[] AuthorizationCode =
    [
        .. s_opening,
        new(E.ClientSecretMissing,           x => x["client_secret"] is not "" || x.IsPublicClient),
        new(E.ClientSecretMalformed,         x => x["client_secret"] is "" || Formats.Credential.IsMatch(x["client_secret"])),
        new(E.CodeMissing,                   x => x["code"] is not ""),
        new(E.CodeMalformed,                 x => Formats.Credential.IsMatch(x["code"])),
        new(E.RedirectUriMalformed,          x => x["redirect_uri"] is "" || RedirectUri.IsWellFormed(x["redirect_uri"])),
        new(E.ClientIdUnknown,               x => x.App is not null),
        new(E.ClientSecretIncorrect,         x => x.IsPublicClient || ClientSecret.Matches(x.App!, x["client_secret"])),
        new(E.FlowControl,                   x => x.IsPublicClient || x.IsWithinQuota()),
        new(E.CodeUnknown,                   x => x.OpenCodeAsync()),
        new(E.CredentialOfAnotherClient,     x => x.Code.AppId == x.App!.Id),
        new(E.CodeExpired,                   x => !x.Code.IsExpiredAt(x.Now)),
        new(E.CodeUsed,                      x => x.ClaimCodeAsync()),
        new(E.FlowControl,                   x => !x.IsThrottled), // a public client, which had proved nothing before
        new(E.CodeRevoked,                   x => x.GrantHolds),
        new(E.RedirectUriMismatch,           x => x.RedirectUriMatches),
        new(E.CodeVerifierMismatch,          x => x.VerifierMatches),
        new(E.AccountGroupMissing,           x => x.GroupIsThere),
    ];

    internal static readonly Rule<Request>[] RefreshToken =
    [
        .. s_opening,
        new(E.AppSecretMissing,              x => x["client_secret"] is not ""),
        new(E.ClientSecretMalformed,         x => Formats.Credential.IsMatch(x["client_secret"])),
        new(E.RefreshTokenMissing,           x => x["refresh_token"] is not ""),
        new(E.RefreshTokenMalformed,         x => Formats.Credential.IsMatch(x["refresh_token"])),
        new(E.ScopeMalformed,                x => x["scope"] is "" || (Formats.Scope.IsMatch(x["scope"]) && Formats.IsNumberOfScopes(x["scope"]))),
        new(E.ClientIdUnknown,               x => x.App is not null),
        new(E.ClientSecretIncorrect,         x => ClientSecret.Matches(x.App!, x["client_secret"])),
        new(E.FlowControl,                   x => x.IsWithinQuota()),
        new(E.RefreshTokenIllegal,           x => x.DecodeRefreshTokenAsync()),
        new(E.RefreshTokenUnreadable,        x => x.Refresh is not null),
        new(E.CredentialOfAnotherClient,     x => x.Refresh!.AppId == x.App!.Id),
        new(E.RefreshTokenRevoked,           x => x.RefreshGrantHoldsAsync()),
        new(E.RefreshTokenExpired,           x => !x.Refresh!.IsExpiredAt(x.Now)),
        new(E.ScopeUnknown,                  x => x.RequestedScopes.All(x.Refresh!.Covers)),
    ];

    internal static readonly Rule<Request>[] ClientCredentials =
    [
        .. s_opening,
        new(E.AppSecretMissing,              x => x["client_secret"] is not ""),
        new(E.ClientSecretMalformed,         x => Formats.Credential.IsMatch(x["client_secret"])),
        new(E.AppUnknown,                    x => x.App is not null),
        new(E.AppSecretIncorrect,            x => ClientSecret.Matches(x.App!, x["client_secret"])),
        new(E.FlowControl,                   x => x.IsWithinQuota() && x.IsWithinAppTokenQuota()),
    ];

    internal static readonly Rule<Request>[] DeviceGrant =
    [
        .. s_opening,
        new(E.AppSecretMissing,              x => x["client_secret"] is not ""),
        new(E.ClientSecretMalformed,         x => Formats.Credential.IsMatch(x["client_secret"])),
        new(E.CodeMissing,                   x => x["code"] is not ""),
        new(E.CodeMalformed,                 x => Formats.Credential.IsMatch(x["code"])),
        new(E.ClientIdUnknown,               x => x.App is not null),
        new(E.ClientSecretIncorrect,         x => ClientSecret.Matches(x.App!, x["client_secret"])),
        new(E.FlowControl,                   x => x.IsWithinQuota()),
        new(E.CodeUnknown,                   x => x.OpenDeviceCodeAsync()),
        new(E.CredentialOfAnotherClient,     x => x.Code.AppId == x.App!.Id),
        new(E.DeviceCodeExpired,             x => !x.Code.IsExpiredAt(x.Now)),
        new(E.CodeUnknown,                   x => x.PollAsync()), // sealed by us, but everything was wiped since
        new(E.FlowControl,                   x => x.IsWithinPolls),
        new(E.UserCodeNotScanned,            x => x.Device.State is not DeviceState.Waiting),
        new(E.UserCodeNotConfirmed,          x => x.Device.State is not DeviceState.Scanned),
        new(E.UserCodeDenied,                x => x.Device.State is not DeviceState.Denied),
        new(E.CodeUsed,                      x => x.ClaimDeviceAsync()),
        new(E.CodeRevoked,                   x => x.GrantHolds),
        new(E.AccountGroupMissing,           x => x.GroupIsThere),
    ];

    public static Operation<Request> Operation(Services services) => new("huawei", "Token", E.All)
    {
        Admission = services.Admission,
        Read = call => ValueTask.FromResult(new Request(call, services)),
        Client = x => Formats.ClientIdNumber(x["client_id"]),
        RuleLists = [AuthorizationCode, RefreshToken, ClientCredentials, DeviceGrant],
        Choose = x => x["grant_type"] switch
        {
            "refresh_token" => RefreshToken,
            "client_credentials" => ClientCredentials,
            "device_code" => DeviceGrant,
            _ => AuthorizationCode, // its first lines refuse what is none of the four
        },
        Answer = x => x["grant_type"] switch
        {
            "refresh_token" => x.AnswerRefreshAsync(),
            "client_credentials" => ValueTask.FromResult(x.AnswerApp()),
            "device_code" => ValueTask.FromResult(x.AnswerDevice()),
            _ => ValueTask.FromResult(x.AnswerCode()),
        },
        Failures = new FailureErrors(
            E.All,
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.ProcessingFailed),
            (Failure.DataUnreadable, E.Internal),
            (Failure.KeyLost, E.Internal)),
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(
        Admission Admission, IAppClock Clock, Quotas Quotas, CredentialReader Reader, IGrantStore Grants, CodeUse Codes, DeviceAuthorizations Devices, Issuer Issuer,
        AccountDirectory Accounts, KeyRing Keys, PairwiseIdentifiers Identifiers, IdTokens IdTokens);
}
