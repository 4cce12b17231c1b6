using System.Text.Json;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Surfaces.HuaweiAccount.Tokens;
using E = Yaopai.Errors.HuaweiAccountErrors.BatchGetGroupUnionId;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>POST /oauth2/v6/groupUnionId/batchGet — by which GroupUnionIDs the developer's account group knows people, for up to a hundred at once.</summary>
internal static class BatchGetGroupUnionId
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.AuthorizationInvalid, x => x.HoldsAsync()),
        new(E.ParameterIllegal,     x => x.NamesOneList),
        new(E.ParameterIllegal,     x => x.Asked is { Count: >= 1 and <= IIdentifierStore.MostTags }),
        new(E.ParameterIllegal,     x => x.Asked!.All(text => text.Length is >= 1 and <= Formats.LongestIdentifier)),
        new(E.AccountGroupMissing,  x => x.App.GroupId is not null),
    ];

    public static Operation<Request> Operation(Services services) => new("huawei", "BatchGetGroupUnionId", E.All)
    {
        Source = ParameterSource.Json,
        Admission = services.Admission,
        Read = call => Request.ReadAsync(call, services),
        Client = x => x.Token?.AppId,
        IsProven = x => x.Token is { } token && !token.IsExpiredAt(services.Clock.NowFor(token.AppId)),
        RuleLists = [Rules],
        Answer = x => x.AnswerAsync(),
        Failures = new FailureErrors(
            E.All,
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.Internal),
            (Failure.DataUnreadable, E.Internal),
            (Failure.KeyLost, E.Internal)),
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(Admission Admission, IAppClock Clock, CredentialReader Reader, IdentifierIndex Index, PairwiseIdentifiers Identifiers);

    internal sealed class Request(Call call, Services services, Credential? token)
    {
        private readonly bool _byOpenId = call.Body.Has("openIdList");

        public static async ValueTask<Request> ReadAsync(Call call, Services services) =>
            new(call, services, (await services.Reader.OpenAsync(BearerToken.Of(call.Http.Request), call.Ct)).Credential);

        public Credential? Token => token;

        public App App => call.App ?? throw new FailureException(Failure.DataUnreadable, "The app of the token is gone.");

        public bool NamesOneList => _byOpenId ^ call.Body.Has("unionIdList");

        /// <summary>As they were sent; null for what is no list of texts.</summary>
        public IReadOnlyList<string>? Asked { get; } = call.Body.Texts(call.Body.Has("openIdList") ? "openIdList" : "unionIdList");

        /// <summary>One code for everything that is wrong with the header: absent, no token of an app, expired, revoked.</summary>
        public async ValueTask<bool> HoldsAsync() =>
            token is { Kind: CredentialKind.AppToken }
            && !token.IsExpiredAt(services.Clock.NowFor(token.AppId))
            && await services.Reader.HoldsAsync(token, call.Ct);

        public async ValueTask<Answer> AnswerAsync()
        {
            var asked = Asked!.ToHashSet(StringComparer.Ordinal);
            var known = _byOpenId
                ? await services.Index.FindByOpenIdAsync(App.Id, asked, call.Ct)
                : await services.Index.FindByUnionIdAsync(App.DeveloperId, asked, call.Ct);

            return HuaweiAccountDialect.Ok(
                HuaweiAccountDialect.JsonSpaceUtf8,
                asked.Where(known.ContainsKey).Select(identifier => (identifier, services.Identifiers.GroupUnionId(App.GroupId!.Value, known[identifier]))),
                Write);
        }

        private void Write(Utf8JsonWriter json, IEnumerable<(string Identifier, string GroupUnionId)> pairs)
        {
            json.WriteStartArray(_byOpenId ? "openIdToGroupUnionIdList" : "unionIdToGroupUnionIdList");
            foreach (var (identifier, groupUnionId) in pairs)
            {
                json.WriteStartObject();
                json.WriteString(_byOpenId ? "openId" : "unionId", identifier);
                json.WriteString("groupUnionId", groupUnionId);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }
}
