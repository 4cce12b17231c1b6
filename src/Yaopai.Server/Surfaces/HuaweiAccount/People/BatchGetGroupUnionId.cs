using System.Text.Json;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.HuaweiAccountErrors.BatchGetGroupUnionId;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>POST /oauth2/v6/groupUnionId/batchGet — by which GroupUnionIDs the developer's account group knows people,
/// for up to a hundred at once.</summary>
internal sealed record BatchGetGroupUnionId(CredentialReader Reader, HuaweiAccountProfile Profile, IdentifierIndex Index,
    PairwiseIdentifiers Identifiers) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.AuthorizationInvalid, x => x.HoldsAsync(), why: x => x.Token.WhyInvalid()),
        new(E.ParameterIllegal,     x => x.NamesOneList),
        new(E.ParameterIllegal,     x => x.Asked is { Count: >= 1 and <= IIdentifierStore.MostTags }),
        new(E.ParameterIllegal,     x => x.Asked!.All(text => text.Length is >= 1 and <= Formats.LongestIdentifier)),
        new(E.AccountGroupMissing,  x => x.App.GroupId is not null),
    ];

    public IOperation Define() => new Operation<Request>("huawei", "BatchGetGroupUnionId", E.All)
    {
        Source = ParameterSource.Json,
        Read = async call =>
            new Request(call, this, await BearerToken.ReadAsync(call, Reader, Profile, BearerToken.InHeader(call.Http.Request))),
        Client = x => x.Token.AppId,
        IsProven = x => x.Token.IsProof,
        Rules = RuleLists.One(Rules, x => x.AnswerAsync()),
        Failures = new FailureErrors(
            E.All,
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.Internal),
            (Failure.DataUnreadable, E.Internal),
            (Failure.KeyLost, E.Internal)),
    };

    internal sealed class Request(Call call, BatchGetGroupUnionId operation, BearerToken token)
    {
        private readonly bool _byOpenId = call.Body.Has("openIdList");

        public BearerToken Token => token;

        public App App => token.App;

        public bool NamesOneList => _byOpenId ^ call.Body.Has("unionIdList");

        /// <summary>As they were sent; null for what is no list of texts.</summary>
        public IReadOnlyList<string>? Asked { get; } = call.Body.Texts(call.Body.Has("openIdList") ? "openIdList" : "unionIdList");

        /// <summary>One code for everything that is wrong with the header: absent, no token of an app, expired, revoked.</summary>
        public async ValueTask<bool> HoldsAsync() => token.IsOfApp && await token.IsValidAsync();

        public async ValueTask<Answer> AnswerAsync()
        {
            var asked = Asked!.ToHashSet(StringComparer.Ordinal);
            var known = _byOpenId
                ? await operation.Index.FindByOpenIdAsync(App.Id, asked, call.Ct)
                : await operation.Index.FindByUnionIdAsync(App.DeveloperId, asked, call.Ct);

            return HuaweiAccountDialect.Ok(
                HuaweiAccountDialect.JsonSpaceUtf8,
                asked.Where(known.ContainsKey)
                    .Select(identifier => (identifier, operation.Identifiers.GroupUnionId(App.GroupId!.Value, known[identifier]))),
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
