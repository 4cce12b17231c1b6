using Yaopai.Server.Gateway;
using Yaopai.Server.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>POST /api/contact/v1/users/bulk — has up to ten people made, changed or closed in the background.</summary>
internal sealed record BulkUsers(WeLinkKit Kit, IProvisioningStore Store) : IOperationDefinition
{
    public IOperation Define() => Submission.Operation(
        Kit, Store, "BulkUsers", "POST", "corpUserId", Submission.People(Persons.First),
        item => ItemChange.Of(ItemAction.Put, Persons.Read(item)));
}

/// <summary>POST /api/contact/v2/users/bulk — the same of people who may be in several departments.</summary>
internal sealed record BulkUsersV2(WeLinkKit Kit, IProvisioningStore Store) : IOperationDefinition
{
    public IOperation Define() => Submission.Operation(
        Kit, Store, "BulkUsersV2", "POST", "corpUserId", Submission.People(Persons.Second),
        item => ItemChange.Of(ItemAction.Put, Persons.Read(item)));
}

/// <summary>PUT /api/contact/v1/users/update and /v2/users/update — has people changed who are there; what is not sent stays.</summary>
internal sealed record UpdateUsers(WeLinkKit Kit, IProvisioningStore Store) : IOperationDefinition
{
    public IOperation Define() => Submission.Operation(
        Kit, Store, "UpdateUsers", "PUT", "corpUserId", Submission.People(Persons.Update),
        item => ItemChange.Of(ItemAction.Update, Persons.Read(item)));
}
