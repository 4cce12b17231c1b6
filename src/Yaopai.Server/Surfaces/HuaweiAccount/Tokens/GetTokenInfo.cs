using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using E = Yaopai.Errors.HuaweiAccountErrors.GetTokenInfo;

namespace Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

/// <summary>POST /rest.php?nsp_svc=huawei.oauth2.user.getTokenInfo — says whose access token this is, and for how long.</summary>
internal static class GetTokenInfo
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.TokenInvalid, x => x.Token is { Kind: CredentialKind.AccessToken or CredentialKind.AppToken }),
        new(E.TokenExpired, x => !x.Token!.IsExpiredAt(x.Now)),
        new(E.TokenRevoked, x => x.HoldsAsync()),
    ];

    public static Operation<Request> Operation(Services services) => new("huawei", "GetTokenInfo", E.All)
    {
        Admission = services.Admission,
        Read = call => Request.ReadAsync(call, services),
        Client = x => x.Token?.AppId,
        IsProven = x => x.Token is { } token && !token.IsExpiredAt(services.Clock.NowFor(token.AppId)),
        RuleLists = [Rules],
        Answer = x => ValueTask.FromResult(x.Answer()),
        Failures = new FailureErrors(
            E.All,
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.Internal),
            (Failure.DataUnreadable, E.Internal),
            (Failure.KeyLost, E.Internal)),
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(Admission Admission, IAppClock Clock, CredentialReader Reader, PairwiseIdentifiers Identifiers);

    internal sealed class Request(Call call, Services services, Credential? token)
    {
        public static async ValueTask<Request> ReadAsync(Call call, Services services) =>
            new(call, services, (await services.Reader.OpenAsync(call.Parameters["access_token"], call.Ct)).Credential);

        public Credential? Token => token;

        public DateTimeOffset Now => services.Clock.NowFor(token!.AppId);

        public ValueTask<bool> HoldsAsync() => services.Reader.HoldsAsync(token!, call.Ct);

        public Answer Answer()
        {
            var app = call.App ?? throw new FailureException(Failure.DataUnreadable, "The app of the token is gone.");
            var isUser = token!.Kind is CredentialKind.AccessToken;
            return HuaweiAccountDialect.Ok(
                HuaweiAccountDialect.TextUtf8,
                (app, token, isUser,
                    UnionId: isUser ? services.Identifiers.UnionId(app.DeveloperId, token.AccountId) : null,
                    OpenId: isUser && call.Parameters["open_id"] is "OPENID" ? services.Identifiers.OpenId(app.Id, token.AccountId) : null,
                    Left: (long)(token.ExpiresAt - Now).TotalSeconds),
                static (json, it) =>
                {
                    if (it.UnionId is not null)
                        json.WriteString("union_id", it.UnionId);
                    if (it.isUser && it.token.Scopes is not "")
                        json.WriteString("scope", it.token.Scopes);
                    if (it.OpenId is not null)
                        json.WriteString("open_id", it.OpenId);
                    json.WriteNumber("expire_in", it.Left);
                    json.WriteString("client_id", it.app.Id.ToString());
                    json.WriteString("project_id", it.app.ProjectId.ToString());
                    json.WriteNumber("type", it.isUser ? 0 : 1);
                });
        }
    }
}
