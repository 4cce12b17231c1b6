using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Keys.Jose;
using Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

// What all grants share: the request, the app's quotas, and the tokens in the answer.
internal static partial class Token
{
    /// <summary>The request, and what the rules have loaded for it so far.</summary>
    internal sealed partial class Request(Call call, Services services)
    {
        private const int AppTokensPerWindow = 1000;
        private static readonly TimeSpan s_appTokenWindow = TimeSpan.FromMinutes(5);

        private Account? _account;
        private SigningKey? _signingKey;

        public string this[string parameter] => call.Parameters[parameter];

        public App? App => call.App;

        public DateTimeOffset Now => services.Clock.NowFor(App!.Id);

        public bool GrantHolds { get; private set; }

        private bool WantsGroup => this["need_group_union_id"] is "true";

        public bool GroupIsThere => !WantsGroup || App!.GroupId is not null;

        public bool IsWithinQuota() => services.Quotas.TryTake(App!, "huawei.token");

        public bool IsWithinAppTokenQuota() => services.Quotas.TryTake(App!, "huawei.token client_credentials", AppTokensPerWindow, s_appTokenWindow);

        public Answer AnswerApp() => HuaweiAccountDialect.Ok(
            HuaweiAccountDialect.JsonUtf8,
            (Token: services.Issuer.AppToken(App!.Id, call.ReceivedAt), services.Issuer.AccessTokenLifetime),
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
                ?? throw new FailureException(Failure.DataUnreadable, "The account of the grant is gone.");
            _signingKey = await services.Keys.SigningAsync(services.Clock.Now, call.Ct);
        }

        private Answer Tokens(Credential granted, string access, string? refresh, string nonce, bool withGroup, string? openId = null)
        {
            var idToken = _account is null
                ? null
                : services.IdTokens.Sign(_signingKey!, IdTokens.AlgorithmFor(this["supportAlg"]), App!, _account, granted, access, nonce);

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
    }
}
