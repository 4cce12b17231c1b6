using Yaopai.Server.Gateway;
using Yaopai.Server.Provisioning;
using P = Yaopai.Errors.WeLinkErrors.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>What the operations of the first generation share that have lists of changes queued.</summary>
internal static class Submission
{
    private const int MostItems = 10;

    public static ItemList People(IReadOnlyList<Field> fields) => new("personInfo", MostItems, fields, Persons.Agrees);

    public static ItemList DepartmentsOf(IReadOnlyList<Field> fields) => new("deptInfo", MostItems, fields, Departments.Agrees);

    /// <param name="idName">Of the id in the answer's lines.</param>
    public static IOperation Operation(
        WeLinkKit kit, IProvisioningStore store, string name, string method, string idName, ItemList list,
        Func<JsonBody, ItemChange> read) => WeLinkRules.Operation(
            kit, Modules.ContactSubmit, name, method, ParameterSource.Json,
            incoming => new SubmitRequest(incoming, list, read, store), ItemsRequest.Rules<SubmitRequest>(),
            x => x.SubmitAsync(x => ItemAnswers.Of(x, idName)), P.Queued, P.AlreadyQueued, P.AlreadyProcessing);
}
