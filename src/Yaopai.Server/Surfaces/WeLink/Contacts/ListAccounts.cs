using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>POST /api/contact/v1/users/accounts — translates the customer's ids into user ids.</summary>
internal sealed record ListAccounts(ContactKit Kit) : IOperationDefinition
{
    private const int Most = 50;

    internal static readonly Rule<Request>[] Rules =
    [
        new(C.ParameterMissing,   x => x.Body.Has("corpUserId") && x.Ids is not { Count: 0 } && !x.IsEmptyText),
        new(C.ParameterMalformed, x => x.Ids is not null,     why: _ => "corpUserId is a list of texts"),
        new(C.ParameterMalformed, x => x.Ids!.All(id => id.Length is > 0 and <= PersonRequest.LongestId && !id.Any(char.IsControl))),
        new(C.QueryTooLarge,      x => x.Ids!.Count <= Most,  why: x => $"{x.Ids!.Count} ids are more than {Most}"),
        new(C.DataMissing,        x => x.LoadAsync(),         why: _ => "none of the ids is somebody's"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.ContactRead, "ListAccounts", "POST", ParameterSource.Json, incoming => new Request(incoming, Kit), Rules,
        x => ValueTask.FromResult(WeLinkDialect.Ok(x.Found, static (json, found) =>
        {
            json.WriteStartArray("userInfo");
            foreach (var member in found)
            {
                json.WriteStartObject();
                UserDocument.WriteIds(json, member);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        })));

    internal sealed class Request(Incoming incoming, ContactKit kit) : ContactRequest(incoming, kit)
    {
        public IReadOnlyList<string>? Ids => field ??= Body.Scalars("corpUserId");

        public bool IsEmptyText => IsScalar("corpUserId") && this["corpUserId"] is "";

        public IReadOnlyList<Member> Found { get; private set; } = [];

        public async ValueTask<bool> LoadAsync() =>
            (Found = await Contacts.Members.ListAsync(TenantId, MemberKey.CorpUserId, [.. Ids!], Call.Ct)).Count > 0;
    }
}
