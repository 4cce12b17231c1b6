using Microsoft.Extensions.Options;
using Yaopai.Server.Events;
using Yaopai.Server.Gateway;
using Yaopai.Server.Knowledge;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Knowledge;

/// <summary>What the operations on knowledge work with.</summary>
internal sealed record KnowledgeKit(
    WeLinkKit Calls, IMemberStore Members, IDepartmentStore Departments, IDepartmentTree Tree, IArticleStore Articles,
    ICategoryStore Categories, IAttachmentStore AttachmentStore, Attachments Attachments, CallbackClient Outside,
    IOptions<KnowledgeOptions> Options, IOptions<QuotaOptions> Quota, TimeProvider Time)
{
    /// <summary>Ends when a file has taken too long. The deadline of the request is for calls, and far too short for files.</summary>
    public CancellationTokenSource NewPatience() => new(Options.Value.TransferTimeout, Time);
}
