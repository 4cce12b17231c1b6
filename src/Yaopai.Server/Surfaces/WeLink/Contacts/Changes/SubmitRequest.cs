using Yaopai.Server.Gateway;
using Yaopai.Server.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>A call that has changes of contacts queued.</summary>
internal sealed class SubmitRequest(Incoming incoming, ItemList list, Func<JsonBody, ItemChange> read, IProvisioningStore store)
    : ItemsRequest(incoming, list)
{
    public long JobId { get; } = NewJobId();

    public IReadOnlyList<ItemChange> Changes { get; private set; } = [];

    public IReadOnlyList<ItemState> States { get; private set; } = [];

    /// <summary>Eighteen digits.</summary>
    public static long NewJobId() =>
        (long)(BitConverter.ToUInt64(Randomness.GetBytes(8)) % 900_000_000_000_000_000) + 100_000_000_000_000_000;

    public async ValueTask<Answer> SubmitAsync(Func<SubmitRequest, Answer> answer)
    {
        Changes = [.. Items.Select(read)];
        States = await store.SubmitAsync(TenantId, JobId, Changes, Call.Ct);
        return answer(this);
    }
}
