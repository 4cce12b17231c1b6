using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Provisioning;
using C = Yaopai.Errors.WeLinkErrors.Contact;
using P = Yaopai.Errors.WeLinkErrors.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>GET /api/contact/v1/batch/result?jobId= — tells how far a job got, and each of its items.</summary>
internal sealed record BatchResult(WeLinkKit Kit, IProvisioningStore Store) : IOperationDefinition
{
    private const string Running = "1", Finished = "2";

    internal static readonly Rule<Request>[] Rules =
    [
        new(C.ParameterMissing,   x => x["jobId"] is not ""),
        new(C.ParameterMalformed, x => x.JobId is not null),
        new(C.DataMissing,        x => x.LoadAsync()),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit, Modules.ContactSync, "BatchResult", "GET", ParameterSource.Query, incoming => new Request(incoming, Store), Rules,
        x => ValueTask.FromResult(x.Answer()), [.. P.All]);

    internal sealed class Request(Incoming incoming, IProvisioningStore store) : WeLinkRequest(incoming)
    {
        private IReadOnlyList<StoredItem> _items = [];

        public long? JobId => ClientId.Number(this["jobId"]);

        public async ValueTask<bool> LoadAsync() => (_items = await store.ListAsync(TenantId, JobId!.Value, Call.Ct)).Count > 0;

        public Answer Answer()
        {
            var ended = _items.Count(item => new ItemResult(item.State).IsFinal);
            var idName = _items[0].Subject is ItemSubject.Member ? "corpUserId" : "corpDeptCode";
            return ItemAnswers.Of(
                Call, idName, _items.Select(item => (item.Key.TrimStart(MemberChange.UserIdSign, DepartmentChange.NumberSign),
                    ItemAnswers.RowOf(item.State), item.Fault)),
                json =>
                {
                    json.WriteString("status", ended == _items.Count ? Finished : Running);
                    json.WriteString("type", TypeOf(_items[0]));
                    json.WriteString("total", $"{_items.Count}");
                    json.WriteString("percentage", $"{100 * ended / _items.Count}");
                });
        }

        /// <summary>As in the paths that start such a job.</summary>
        private static string TypeOf(StoredItem item) => (item.Subject is ItemSubject.Member ? "user/" : "department/") + item.Action switch
        {
            ItemAction.Put => "sync",
            ItemAction.Create => "create",
            ItemAction.Update => "update",
            ItemAction.Delete => "delete",
            ItemAction.ChangeMobile => "updatemobile",
            ItemAction.ChangeKey => item.Subject is ItemSubject.Member ? "updatecorpuid" : "updatecorpdept",
            _ => throw new ArgumentOutOfRangeException(nameof(item), item.Action, null),
        };
    }
}
