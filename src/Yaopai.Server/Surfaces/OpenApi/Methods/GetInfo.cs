using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Documents;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/users/getInfo — what the person agreed to share, field by field.</summary>
internal sealed record GetInfo(ApiAdmission Admission, AccountDirectory Accounts, PersonNames People) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.UserDataForbidden,  x => x.ConcernsCallerOnly && x.ListsCallerOnly),
        new(E.ParameterMalformed, x => x.SubjectId is not null && x.Subjects is not null && x.Names is not null),
        new(E.UserFieldUnknown,   x => x.Names!.All(name => UserFields.Find(x.App!, name) is not null)),
        new(E.UserFieldForbidden, x => x.Fields.All(field => field.Scope is UserFields.Email || x.Covers(field))),
        new(E.EmailForbidden,     x => x.Fields.All(x.Covers)),
    ];

    public IOperation Define() => Admission.Operation(
        new ApiMethod("GetInfo", Audience.Users) { Parameters = ["uid", "uids", "fields", "get_unionid"] }, Rules,
        (call, caller) => new Request(call, caller), x => x.AnswerAsync(this));

    internal sealed class Request(Call call, ApiCaller caller) : ApiRequest(call, caller)
    {
        /// <summary>The names that are asked for, each once; null where an item of the list is empty.</summary>
        public string[]? Names => this["fields"] is "" ? [] : List("fields")?.Distinct().ToArray();

        /// <summary>What is asked for; where nothing is, what of the usual is open.</summary>
        public IEnumerable<UserFields.Field> Fields =>
            Names is { Length: > 0 } names
                ? names.Select(name => UserFields.Find(App!, name)!)
                    .Union(WantsUnionId ? UserFields.Identifiers(App!, wantsUnionId: true) : [])
                : UserFields.Usual(App!, WantsUnionId).Where(Covers);

        /// <summary>The old dispatcher's clients name a list, and read a list.</summary>
        private bool IsList => this["uids"] is not "";

        public long[]? Subjects => IsList ? Ids("uids") : [];

        public bool ListsCallerOnly => Subjects?.All(uid => uid == UserId) is not false;

        public bool Covers(UserFields.Field field) => field.Scope is "" || Credential!.Covers(field.Scope);

        public async ValueTask<Answer> AnswerAsync(GetInfo operation)
        {
            var today = DateOnly.FromDateTime(Call.NowFor(AppId!.Value).UtcDateTime);
            var account = await UserAsync(operation.Accounts);
            List<(string, string)> it =
            [
                .. Fields.Select(field => (field.Name, field.Identify is { } identify
                    ? identify(operation.People, App!, account.Id)
                    : field.Read(account, today))),
            ];
            return IsList ? OpenApiDialect.OkList(it, WriteList) : OpenApiDialect.Ok(it, Write);
        }

        private static void WriteList(DocumentWriter json, List<(string, string)> it)
        {
            json.WriteStartObject();
            Write(json, it);
            json.WriteEndObject();
        }

        private static void Write(DocumentWriter json, List<(string Name, string Value)> it)
        {
            foreach (var (name, value) in it)
                json.WriteString(name, value);
        }
    }
}
