using Yaopai.Server.Gateway;
using Yaopai.Server.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>What the operations of the second generation share: a job to be asked for later, or one change that is done at once.</summary>
internal sealed record BatchKit(WeLinkKit Kit, IProvisioningStore Store)
{
    private const int MostItems = 100;

    public IOperation People(string name, Form form) => Batch(name, "personInfos", form);

    public IOperation Departments(string name, Form form) => Batch(name, "deptInfos", form);

    /// <summary>One person or department, which is the body itself.</summary>
    public IOperation Single(string name, Form form) => WeLinkRules.Operation(
        Kit, Modules.ContactSubmit, name, "POST", ParameterSource.Json,
        incoming => new SingleRequest(incoming, new ItemList("", 1, form.Fields, form.Agrees, form.OneOf), form.Read, Store),
        SingleRequest.AllRules, x => ValueTask.FromResult(WeLinkDialect.Ok()));

    private Operation<SubmitRequest> Batch(string name, string list, Form form) => WeLinkRules.Operation(
        Kit, Modules.ContactSubmit, name, "POST", ParameterSource.Json,
        incoming => new SubmitRequest(incoming, new ItemList(list, MostItems, form.Fields, form.Agrees, form.OneOf), form.Read, Store),
        ItemsRequest.Rules<SubmitRequest>(),
        x => x.SubmitAsync(x => WeLinkDialect.Ok(x.JobId, static (json, jobId) =>
        {
            json.WriteStartObject("data");
            json.WriteString("jobId", $"{jobId}");
            json.WriteEndObject();
        })));
}
