using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.HuaweiAccountErrors.GetTokenInfo;

namespace Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

/// <summary>POST /rest.php?nsp_svc=huawei.oauth2.user.getTokenInfo — says whose access token this is, and for how long.</summary>
internal sealed record GetTokenInfo(CredentialReader Reader, HuaweiAccountProfile Profile, PairwiseIdentifiers Identifiers)
    : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.TokenInvalid, x => x.Token.IsAccessToken,         why: x => x.Token.WhyInvalid()),
        new(E.TokenExpired, x => !x.Token.IsExpired,            why: x => x.Token.WhyInvalid()),
        new(E.TokenRevoked, x => x.Token.IsNotRevokedAsync(),   why: x => x.Token.WhyInvalid()),
    ];

    public IOperation Define() => new Operation<Request>("huawei", "GetTokenInfo", E.All)
    {
        Read = async call => new Request(call, this, await BearerToken.ReadAsync(call, Reader, Profile, call.Parameters["access_token"])),
        Client = x => x.Token.AppId,
        IsProven = x => x.Token.IsProof,
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(x.Answer())),
        Failures = new FailureErrors(
            E.All,
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.Internal),
            (Failure.DataUnreadable, E.Internal),
            (Failure.KeyLost, E.Internal)),
    };

    internal sealed class Request(Call call, GetTokenInfo operation, BearerToken bearer)
    {
        public BearerToken Token => bearer;

        public Answer Answer()
        {
            var (app, token, isUser) = (bearer.App, bearer.Credential!, bearer.IsOfUser);
            return HuaweiAccountDialect.Ok(
                HuaweiAccountDialect.TextUtf8,
                (app, token, isUser,
                    UnionId: isUser ? operation.Identifiers.UnionId(app.DeveloperId, token.AccountId) : null,
                    OpenId: isUser && call.Parameters["open_id"] is "OPENID" ? operation.Identifiers.OpenId(app.Id, token.AccountId) : null,
                    Left: (long)(token.ExpiresAt - call.NowFor(app.Id)).TotalSeconds),
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
