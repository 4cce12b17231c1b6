using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Grants;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;
using Yaopai.Server.Protocol;
using E = Yaopai.Errors.HuaweiAccountErrors.Token;

namespace Yaopai.Server.Surfaces.HuaweiAccount;

/// <summary>POST /oauth2/v3/token — trades a code, a device code or a refresh token for tokens of a person, or proves an app to get one of its own.</summary>
internal static partial class Token
{
    // The order is the contract: the caller is told the first rule it broke, and nothing of a code or token before it has proved who it is.
    private static readonly Rule<Exchange>[] s_opening =
    [
        new(E.GrantTypeMissing,              x => x["grant_type"] is not ""),
        new(E.GrantTypeUnsupported,          x => x["grant_type"] is "authorization_code" or "refresh_token" or "client_credentials" or "device_code"),
        new(E.ClientIdMissing,               x => x["client_id"] is not ""),
        new(E.ClientIdMalformed,             x => Formats.ClientId.IsMatch(x["client_id"])),
    ];

    internal static readonly Rule<Exchange>[] AuthorizationCode =
    [
        .. s_opening,
        new(E.ClientSecretMissing,           x => x["client_secret"] is not "" || x.IsPublicClient),
        new(E.ClientSecretMalformed,         x => x["client_secret"] is "" || Formats.Credential.IsMatch(x["client_secret"])),
        new(E.CodeMissing,                   x => x["code"] is not ""),
        new(E.CodeMalformed,                 x => Formats.Credential.IsMatch(x["code"])),
        new(E.RedirectUriMalformed,          x => x["redirect_uri"] is "" || Uri.TryCreate(x["redirect_uri"], UriKind.Absolute, out _)),
        new(E.ClientIdUnknown,               x => x.App is not null),
        new(E.ClientSecretIncorrect,         x => x.IsPublicClient || ClientSecret.Matches(x.App!, x["client_secret"])),
        new(E.FlowControl,                   x => x.IsWithinQuota()),
        new(E.CodeUnknown,                   x => x.OpenCodeAsync()),
        new(E.CredentialOfAnotherClient,     x => x.Code.AppId == x.App!.Id),
        new(E.CodeExpired,                   x => !x.Code.IsExpiredAt(x.Now)),
        new(E.CodeUsed,                      x => x.ClaimCodeAsync()),
        new(E.CodeRevoked,                   x => x.GrantHolds),
        new(E.RedirectUriMismatch,           x => x.RedirectUriMatches),
        new(E.CodeVerifierMismatch,          x => x.VerifierMatches),
        new(E.AccountGroupMissing,           x => x.GroupIsThere),
    ];

    internal static readonly Rule<Exchange>[] RefreshToken =
    [
        .. s_opening,
        new(E.AppSecretMissing,              x => x["client_secret"] is not ""),
        new(E.ClientSecretMalformed,         x => Formats.Credential.IsMatch(x["client_secret"])),
        new(E.RefreshTokenMissing,           x => x["refresh_token"] is not ""),
        new(E.RefreshTokenMalformed,         x => Formats.Credential.IsMatch(x["refresh_token"])),
        new(E.ScopeMalformed,                x => x["scope"] is "" || (Formats.Scope.IsMatch(x["scope"]) && x.RequestedScopes.Length is > 0 and <= 150)),
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

    internal static readonly Rule<Exchange>[] ClientCredentials =
    [
        .. s_opening,
        new(E.AppSecretMissing,              x => x["client_secret"] is not ""),
        new(E.ClientSecretMalformed,         x => Formats.Credential.IsMatch(x["client_secret"])),
        new(E.AppUnknown,                    x => x.App is not null),
        new(E.AppSecretIncorrect,            x => ClientSecret.Matches(x.App!, x["client_secret"])),
        new(E.FlowControl,                   x => x.IsWithinQuota() && x.IsWithinAppTokenQuota()),
    ];

    internal static readonly Rule<Exchange>[] DeviceGrant =
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

    public static Operation<Exchange> Operation(Services services) => new("huawei", "Token", E.All)
    {
        Admission = services.Admission,
        Read = call => ValueTask.FromResult(new Exchange(call, services)),
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
        Mishaps = new Mishaps(
            E.All,
            (Mishap.StorageFailed, E.Internal),
            (Mishap.StorageConflict, E.ProcessingFailed),
            (Mishap.DataUnreadable, E.Internal),
            (Mishap.KeyLost, E.Internal)),
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(
        Admission Admission, IAppClock Clock, Quotas Quotas, CredentialReader Reader, IGrantStore Grants, CodeExchange Exchange, DeviceAuthorizations Devices, Issuer Issuer,
        AccountDirectory Accounts, KeyRing Keys, Identifiers Identifiers, IdTokens IdTokens);

    /// <summary>The request, and what the rules have loaded for it so far.</summary>
    internal sealed partial class Exchange(Call call, Services services)
    {
        private const int AppTokensPerWindow = 1000;
        private static readonly TimeSpan s_appTokenWindow = TimeSpan.FromMinutes(5);

        private Account? _account;
        private SigningKey? _signingKey;

        public string this[string parameter] => call.Parameters[parameter];

        public App? App => call.App;

        public DateTimeOffset Now => services.Clock.NowFor(App!.Id);

        public Credential Code { get; private set; } = null!;

        public Credential? Refresh { get; private set; }

        public bool GrantHolds { get; private set; }

        /// <summary>A client that can keep no secret proves itself by the verifier of its code.</summary>
        public bool IsPublicClient => App is { IsPublic: true } && this["client_secret"] is "" && this["code_verifier"] is not "";

        public string[] RequestedScopes => this["scope"].Split(' ', StringSplitOptions.RemoveEmptyEntries);

        private bool WantsGroup => this["need_group_union_id"] is "true";

        public bool GroupIsThere => !WantsGroup || App!.GroupId is not null;

        /// <summary>RFC 6749 §4.1.3: a redirect URI that the authorization request named has to come again, the same.</summary>
        public bool RedirectUriMatches => Code.Terms!.RedirectUriHash is not { } expected || HashesTo(expected, this["redirect_uri"]);

        /// <summary>RFC 7636 §4.6. A public client without a challenge has proved nothing.</summary>
        public bool VerifierMatches => Code.Terms!.ChallengeHash is { } expected
            ? Formats.CodeVerifier.IsMatch(this["code_verifier"]) && HashesTo(expected, this["code_verifier"])
            : !IsPublicClient;

        public bool IsWithinQuota() => services.Quotas.TryTake(App!, "huawei.token");

        public bool IsWithinAppTokenQuota() => services.Quotas.TryTake(App!, "huawei.token client_credentials", AppTokensPerWindow, s_appTokenWindow);

        public async ValueTask<bool> OpenCodeAsync()
        {
            var (_, credential) = await services.Reader.OpenAsync(this["code"], call.Ct);
            Code = credential!;
            return credential is { Kind: CredentialKind.Code };
        }

        /// <summary>Uses the code up. Not for a request that a later rule refuses: a slip of the caller must not cost the person another sign-in.</summary>
        public async ValueTask<bool> ClaimCodeAsync()
        {
            GrantHolds = await services.Reader.GrantHoldsAsync(Code, call.Ct);
            if (!GrantHolds || !RedirectUriMatches || !VerifierMatches || !GroupIsThere)
                return !await services.Exchange.WasUsedAsync(Code, call.Ct);

            await PrepareIdTokenAsync(Code); // whatever can fail fails before the code is spent
            return await services.Exchange.TryUseAsync(Code, call.Ct);
        }

        public async ValueTask<bool> DecodeRefreshTokenAsync()
        {
            var (reading, credential) = await services.Reader.OpenAsync(this["refresh_token"], call.Ct);
            Refresh = credential is { Kind: CredentialKind.RefreshToken } ? credential : null;
            return reading is not Reading.NotBase64;
        }

        public async ValueTask<bool> RefreshGrantHoldsAsync()
        {
            var (consent, revocations) = await services.Grants.FindAsync(Refresh!.AppId, Refresh.AccountId, Refresh.PairId, call.Ct);
            return consent is not null && revocations.All(revocation => Refresh.Minted > revocation.Before);
        }

        public Answer AnswerCode()
        {
            var (access, refresh) = services.Issuer.Pair(Code);
            return Tokens(Code, access, refresh, Code.Terms!.Nonce, WantsGroup);
        }

        public async ValueTask<Answer> AnswerRefreshAsync()
        {
            var granted = this["scope"] is "" ? Refresh! : Refresh! with { Scopes = string.Join(' ', RequestedScopes.Distinct()) };
            await PrepareIdTokenAsync(granted);
            return Tokens(granted, services.Issuer.AccessToken(granted, granted.Scopes), refresh: null, nonce: "", withGroup: false);
        }

        public Answer AnswerApp() => HuaweiAccountDialect.Ok(
            HuaweiAccountDialect.JsonUtf8,
            (Token: services.Issuer.AppToken(App!.Id), services.Issuer.AccessTokenLifetime),
            static (json, it) =>
            {
                json.WriteString("access_token", it.Token);
                json.WriteNumber("expires_in", (long)it.AccessTokenLifetime.TotalSeconds);
                json.WriteString("token_type", "Bearer");
            });

        private async ValueTask PrepareIdTokenAsync(Credential granted)
        {
            if (!granted.Covers("openid"))
                return;

            _account = await services.Accounts.FindAsync(granted.AccountId, call.Ct)
                ?? throw new MishapException(Mishap.DataUnreadable, "The account of the grant is gone.");
            _signingKey = await services.Keys.SigningAsync(services.Clock.Now, call.Ct);
        }

        private Answer Tokens(Credential granted, string access, string? refresh, string nonce, bool withGroup, string? openId = null)
        {
            var idToken = _account is null
                ? null
                : services.IdTokens.Sign(_signingKey!, JoseAlgorithm.Find(this["supportAlg"]) ?? JoseAlgorithm.RS256, App!, _account, granted, access, nonce);

            return HuaweiAccountDialect.Ok(
                HuaweiAccountDialect.JsonUtf8,
                (access, refresh, services.Issuer.AccessTokenLifetime, idToken, granted.Scopes, openId,
                    Group: withGroup ? services.Identifiers.GroupUnionId(App!.GroupId!.Value, granted.AccountId) : null),
                static (json, it) =>
                {
                    json.WriteString("access_token", it.access);
                    if (it.refresh is not null)
                        json.WriteString("refresh_token", it.refresh);
                    json.WriteNumber("expires_in", (long)it.AccessTokenLifetime.TotalSeconds);
                    if (it.idToken is not null)
                        json.WriteString("id_token", it.idToken);
                    if (it.Scopes is not "")
                        json.WriteString("scope", it.Scopes);
                    json.WriteString("token_type", "Bearer");
                    if (it.openId is not null)
                        json.WriteString("open_id", it.openId);
                    if (it.Group is not null)
                        json.WriteString("group_union_id", it.Group);
                });
        }

        private static bool HashesTo(byte[] expected, string text) =>
            CryptographicOperations.FixedTimeEquals(expected, SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
