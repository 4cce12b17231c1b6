using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.WeLinkErrors.Knowledge;

namespace Yaopai.Server.Surfaces.WeLink.Knowledge;

/// <summary>POST /api/clouddrive/v1/files/preupload — says where a file may be sent to, for an hour and without a token.</summary>
internal sealed record AnnounceFile(KnowledgeKit Kit) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterMalformed, x => x["name"] is not ""),
        new(E.ParameterMalformed, x => x["size"] is not ""),
        new(E.ParameterMalformed, x => x["md5"] is not ""),
        new(E.ParameterMalformed, x => FileNames.Of(x["name"]) is not ""),
        new(E.ParameterMalformed, x => ClientId.Number(x["size"]) is > 0),
        new(E.ParameterMalformed, x => FileNames.Md5Of(x["md5"]) is not null),
        new(E.ParameterMalformed, x => x.FitsSize, why: _ => "the file is larger than Knowledge:MaxFileBytes"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.Knowledge, "AnnounceFile", "POST", ParameterSource.Json, incoming => new Request(incoming, Kit), Rules,
        x => x.AnswerAsync());

    internal sealed class Request(Incoming incoming, KnowledgeKit kit) : KnowledgeRequest(incoming, kit)
    {
        public bool FitsSize => ClientId.Number(this["size"]) <= Knowledge.Attachments.Largest;

        public async ValueTask<Answer> AnswerAsync()
        {
            var (file, key) = await Knowledge.Attachments.AnnounceAsync(
                TenantId, App.Id, FileNames.Of(this["name"]), ClientId.Number(this["size"])!.Value, FileNames.Md5Of(this["md5"])!, Now,
                Call.Ct);
            var address = $"{Call.Address}{SendFile.Path}?tenant={TenantIds.Write(TenantId)}&file_sn={file.Id}&key={key}";
            return WeLinkDialect.Ok((file.Id, address), static (json, it) =>
            {
                json.WriteStartObject("data");
                json.WriteString("file_sn", it.Id);
                json.WriteString("upload_url", it.address);
                json.WriteEndObject();
            });
        }
    }
}
