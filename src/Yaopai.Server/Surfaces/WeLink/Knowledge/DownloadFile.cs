using Yaopai.Server.Gateway;
using Yaopai.Server.Knowledge;
using E = Yaopai.Errors.WeLinkErrors.Knowledge;

namespace Yaopai.Server.Surfaces.WeLink.Knowledge;

/// <summary>GET /api/knowledge/v1/file/download — gives a file to its app, and to members who may read an article that has it.
/// Beyond the document, which has addresses of files and does not say what is there.</summary>
internal sealed record DownloadFile(KnowledgeKit Kit) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterMalformed, x => x["fileId"] is not ""),
        new(E.ParameterMalformed, x => Attachments.IsId(x["fileId"])),
        new(E.AttachmentUnknown,  x => x.LoadAsync(),     why: _ => "no file, another app's, or in no article that the member may read"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.Knowledge, "DownloadFile", "GET", ParameterSource.Query, incoming => new Request(incoming, Kit), Rules,
        x => ValueTask.FromResult(x.Answer()));

    internal sealed class Request(Incoming incoming, KnowledgeKit kit) : KnowledgeRequest(incoming, kit)
    {
        private Attachment _file = null!;

        public async ValueTask<bool> LoadAsync()
        {
            await LoadScopesAsync();
            _file = (await Knowledge.Attachments.FindAsync(TenantId, this["fileId"], Call.Ct))!;
            return _file is not null && _file.AppId == App.Id
                && (Token.IsOfApp || await Knowledge.AttachmentStore.IsInListAsync(TenantId, _file.Id, Scopes, Now, Call.Ct));
        }

        public Answer Answer() => Gateway.Answer.Of(new AttachedFile(
            _file.Name, _file.Content!.Type, _file.Content.Size,
            Knowledge.Attachments.ReadAsync(TenantId, _file, Call.Http.RequestAborted)));
    }
}
