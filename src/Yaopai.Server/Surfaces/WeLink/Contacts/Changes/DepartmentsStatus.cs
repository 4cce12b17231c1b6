using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;
using Yaopai.Server.Provisioning;
using P = Yaopai.Errors.WeLinkErrors.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>POST /api/contact/v2/departments/status — tells how far the changes of departments got.</summary>
internal sealed record DepartmentsStatus(WeLinkKit Kit, IProvisioningStore Store, IDepartmentStore Known) : IOperationDefinition
{
    private const int MostItems = 50;

    private static readonly ItemList s_list =
        new("deptInfo", MostItems, [new("corpDeptCode", FieldKind.Id, IsRequired: true)], _ => true);

    public IOperation Define() => WeLinkRules.Operation(
        Kit, Modules.ContactSync, "DepartmentsStatus", "POST", ParameterSource.Json, incoming => new ItemsRequest(incoming, s_list),
        ItemsRequest.Rules<ItemsRequest>(), AnswerAsync, [.. P.All]);

    private async ValueTask<Answer> AnswerAsync(ItemsRequest x)
    {
        var lines = new List<(string, ErrorDefinition, ItemFault)>();
        string[] codes = [.. x.Items.Select(item => item.Scalar("corpDeptCode"))];
        var known = (await Known.FindByCorpCodesAsync(x.TenantId, codes, x.Call.Ct)).Select(department => department.CorpCode).ToHashSet();
        foreach (var code in codes)
        {
            lines.Add(await Store.FindLatestAsync(x.TenantId, ItemLookup.Department, code, x.Call.Ct) is { } found
                ? (code, ItemAnswers.RowOf(found.State), found.Fault)
                : (code, known.Contains(code) ? P.AccountOpened : P.AccountUnknown, ItemFault.None));
        }

        return ItemAnswers.Of(x.Call, "corpDeptCode", lines);
    }
}
