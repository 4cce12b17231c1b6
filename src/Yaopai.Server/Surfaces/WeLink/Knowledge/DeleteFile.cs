using Yaopai.Server.Gateway;
using Yaopai.Server.Knowledge;
using E = Yaopai.Errors.WeLinkErrors.Knowledge;

namespace Yaopai.Server.Surfaces.WeLink.Knowledge;

/// <summary>DELETE /api/knowledge/v1/file/delete — removes a file that no article has.</summary>
internal sealed record DeleteFile(KnowledgeKit Kit) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterMalformed, x => x["fileId"] is not ""),
        new(E.ParameterMalformed, x => Attachments.IsId(x["fileId"])),
        new(E.AttachmentUnknown,  x => x.LoadAsync()),
        Rule.Claim<Request>(E.OperationFailed, x => x.TryRemoveAsync(), why: _ => "an article has it"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.Knowledge, "DeleteFile", "DELETE", ParameterSource.Query, incoming => new Request(incoming, Kit), Rules,
        _ => ValueTask.FromResult(WeLinkDialect.Ok()));

    internal sealed class Request(Incoming incoming, KnowledgeKit kit) : KnowledgeRequest(incoming, kit)
    {
        public async ValueTask<bool> LoadAsync() =>
            await Knowledge.Attachments.FindOfAppAsync(TenantId, App.Id, this["fileId"], Call.Ct) is not null;

        public async ValueTask<bool> TryRemoveAsync() =>
            await Knowledge.Attachments.TryRemoveAsync(TenantId, App.Id, this["fileId"], Call.Ct);
    }
}
