using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;
using Yaopai.Server.Provisioning;
using P = Yaopai.Errors.WeLinkErrors.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>POST /api/contact/v1/users/status — tells how far the changes of people got.</summary>
internal sealed record UsersStatus(WeLinkKit Kit, IProvisioningStore Store, IMemberStore Members) : IOperationDefinition
{
    private const int MostItems = 50;

    private static readonly Lookup[] s_lookups =
    [
        new("corpUserId", ItemLookup.Member, MemberKey.CorpUserId, text => text),
        new("mobileNumber", ItemLookup.Mobile, MemberKey.Mobile, text => MobileNumber.Write(MobileNumber.Read(text)!)),
        new("userEmail", ItemLookup.Email, MemberKey.Email, text => text),
    ];

    private static readonly ItemList s_list = new("personInfo", MostItems,
    [
        new("corpUserId", FieldKind.Id), new("mobileNumber", FieldKind.Mobile), new("userEmail", FieldKind.Mail),
    ], _ => true, [.. s_lookups.Select(lookup => lookup.Name)]);

    public IOperation Define() => WeLinkRules.Operation(
        Kit, Modules.ContactSync, "UsersStatus", "POST", ParameterSource.Json, incoming => new ItemsRequest(incoming, s_list),
        ItemsRequest.Rules<ItemsRequest>(), AnswerAsync, [.. P.All]);

    private async ValueTask<Answer> AnswerAsync(ItemsRequest x)
    {
        var lines = new List<(string, ErrorDefinition, ItemFault)>();
        foreach (var item in x.Items)
        {
            var lookup = s_lookups.First(lookup => item.Scalar(lookup.Name) is not "");
            var value = lookup.Read(item.Scalar(lookup.Name));
            lines.Add(await Store.FindLatestAsync(x.TenantId, lookup.By, value, x.Call.Ct) is { } found
                ? (found.Key.TrimStart(MemberChange.UserIdSign), ItemAnswers.RowOf(found.State), found.Fault)
                : await Members.FindAsync(x.TenantId, lookup.Key, value, x.Call.Ct) is { } member
                    ? (member.CorpUserId, RowOf(member.State), ItemFault.None)
                    : (item.Scalar("corpUserId"), P.AccountUnknown, ItemFault.None));
        }

        return ItemAnswers.Of(x.Call, "corpUserId", lines);
    }

    /// <summary>Of somebody whom nothing was submitted about lately.</summary>
    private static ErrorDefinition RowOf(MemberState state) => state switch
    {
        MemberState.Open => P.AccountOpened,
        MemberState.Opening => P.AccountOpening,
        MemberState.WithoutAccount => P.SavedWithoutAccount,
        _ => P.AccountUnknown,
    };

    /// <summary>What a person can be asked for by.</summary>
    private sealed record Lookup(string Name, ItemLookup By, MemberKey Key, Func<string, string> Read);
}
