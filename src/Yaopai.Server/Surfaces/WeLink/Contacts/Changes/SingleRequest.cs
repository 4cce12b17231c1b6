using Yaopai.Server.Gateway;
using Yaopai.Server.Provisioning;
using C = Yaopai.Errors.WeLinkErrors.Contact;
using P = Yaopai.Errors.WeLinkErrors.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>A call that has one person or department changed before it is answered.</summary>
internal sealed class SingleRequest(Incoming incoming, ItemList list, Func<JsonBody, ItemChange> read, IProvisioningStore store)
    : ItemsRequest(incoming, list)
{
    private ItemResult _result;

    public override IReadOnlyList<JsonBody> Items => [Body];

    public static Rule<SingleRequest>[] AllRules { get; } =
    [
        .. Rules<SingleRequest>()[2..6], // there is no list that could be missing or too long
        new(P.AlreadyQueued,                x => x.ApplyAsync(ItemState.AlreadyQueued)),
        new(P.AlreadyProcessing,            x => x._result.State is not ItemState.AlreadyProcessing),
        new(P.SecretaryUnknown,             x => x._result.State is not ItemState.SecretaryMissing),
        new(P.ParentDepartmentUnknown,      x => x._result.State is not ItemState.ParentMissing),
        new(P.AccountUnknown,               x => x._result.State is not ItemState.MemberMissing),
        new(C.DataMissing,                  x => x._result.Fault is not ItemFault.DepartmentMissing),
        new(C.MobileNumberTaken,            x => x._result.Fault is not ItemFault.MobileTaken),
        new(C.MobileNumberChangesThrottled, x => x._result.Fault is not ItemFault.MobileChangedTooOften),
        new(C.ValidationFailed,             x => x._result.State is not ItemState.Failed, why: x => $"{x._result.Fault}"),
    ];

    /// <summary>Does it. False when it came to this.</summary>
    private async ValueTask<bool> ApplyAsync(ItemState refused)
    {
        _result = await store.ApplyNowAsync(TenantId, SubmitRequest.NewJobId(), read(Body), Now, Call.Ct);
        return _result.State != refused;
    }
}
