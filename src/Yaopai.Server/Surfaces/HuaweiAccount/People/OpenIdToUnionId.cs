using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using E = Yaopai.Errors.HuaweiAccountErrors.OpenIdToUnionId;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>POST /rest.php?nsp_svc=huawei.oauth2.app.openIdToUnionId — by which UnionID the developer knows a person whom the app knows by an OpenID.</summary>
internal static class OpenIdToUnionId
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.TokenInvalid,     x => x.Token is { Kind: CredentialKind.AccessToken or CredentialKind.AppToken }),
        new(E.TokenExpired,     x => !x.Token!.IsExpiredAt(x.Now)),
        new(E.TokenRevoked,     x => x.HoldsAsync()),
        new(E.PermissionDenied, x => x.Token!.Kind is CredentialKind.AppToken),
        new(E.Throttled,        x => x.IsWithinPace()),
        new(E.OpenIdMalformed,  x => x.OpenId.Length is >= 1 and <= Formats.LongestIdentifier),
        new(E.Internal,         x => x.FindAccountAsync()), // the documents have no code for an OpenID that the app does not know
    ];

    public static Operation<Request> Operation(Services services) => new("huawei", "OpenIdToUnionId", E.All)
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
    internal sealed record Services(
        Admission Admission, IAppClock Clock, Quotas Quotas, CredentialReader Reader, IdentifierIndex Index, PairwiseIdentifiers Identifiers);

    internal sealed class Request(Call call, Services services, Credential? token)
    {
        private const int CallsASecond = 100;
        private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

        private long _accountId;

        public static async ValueTask<Request> ReadAsync(Call call, Services services) =>
            new(call, services, (await services.Reader.OpenAsync(call.Parameters["access_token"], call.Ct)).Credential);

        public Credential? Token => token;

        public string OpenId => call.Parameters["open_id"];

        public DateTimeOffset Now => services.Clock.NowFor(token!.AppId);

        private App App => call.App ?? throw new FailureException(Failure.DataUnreadable, "The app of the token is gone.");

        public ValueTask<bool> HoldsAsync() => services.Reader.HoldsAsync(token!, call.Ct);

        public bool IsWithinPace() => services.Quotas.TryTake(App, "huawei.openIdToUnionId a second", CallsASecond, s_second);

        public async ValueTask<bool> FindAccountAsync() =>
            (await services.Index.FindByOpenIdAsync(App.Id, new HashSet<string> { OpenId }, call.Ct)).TryGetValue(OpenId, out _accountId);

        public Answer Answer() => HuaweiAccountDialect.Ok(
            HuaweiAccountDialect.TextUtf8,
            services.Identifiers.UnionId(App.DeveloperId, _accountId),
            static (json, unionId) => json.WriteString("union_id", unionId));
    }
}
