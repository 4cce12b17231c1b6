using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.HuaweiAccountErrors.OpenIdToUnionId;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>POST /rest.php?nsp_svc=huawei.oauth2.app.openIdToUnionId — by which UnionID the developer knows a person whom the app
/// knows by an OpenID.</summary>
internal sealed record OpenIdToUnionId(Quotas Quotas, CredentialReader Reader, HuaweiAccountProfile Profile, IdentifierIndex Index,
    PairwiseIdentifiers Identifiers) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.TokenInvalid,     x => x.Token.IsAccessToken,       why: x => x.Token.WhyInvalid()),
        new(E.TokenExpired,     x => !x.Token.IsExpired,          why: x => x.Token.WhyInvalid()),
        new(E.TokenRevoked,     x => x.Token.IsNotRevokedAsync(), why: x => x.Token.WhyInvalid()),
        new(E.PermissionDenied, x => x.Token.IsOfApp,             why: _ => "the token is of a user, one of the app alone is expected"),
        new(E.Throttled,        x => x.IsWithinPace()),
        new(E.OpenIdMalformed,  x => x.OpenId.Length is >= 1 and <= Formats.LongestIdentifier),
        new(E.Internal,         x => x.FindAccountAsync()), // the documents have no code for an OpenID that the app does not know
    ];

    public IOperation Define() => new Operation<Request>("huawei", "OpenIdToUnionId", E.All)
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

    internal sealed class Request(Call call, OpenIdToUnionId operation, BearerToken token)
    {
        private const int CallsASecond = 100;
        private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

        private long _accountId;

        public BearerToken Token => token;

        public string OpenId => call.Parameters["open_id"];

        private App App => token.App;

        public bool IsWithinPace() => operation.Quotas.TryTake(App, "huawei.openIdToUnionId a second", CallsASecond, s_second);

        public async ValueTask<bool> FindAccountAsync() =>
            (await operation.Index.FindByOpenIdAsync(App.Id, new HashSet<string> { OpenId }, call.Ct)).TryGetValue(OpenId, out _accountId);

        public Answer Answer() => HuaweiAccountDialect.Ok(
            HuaweiAccountDialect.TextUtf8,
            operation.Identifiers.UnionId(App.DeveloperId, _accountId),
            static (json, unionId) => json.WriteString("union_id", unionId));
    }
}
