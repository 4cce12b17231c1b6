using Yaopai.Server.Gateway;
using Yaopai.Server.Knowledge;
using E = Yaopai.Errors.WeLinkErrors.Knowledge;

namespace Yaopai.Server.Surfaces.WeLink.Knowledge;

/// <summary>POST /api/knowledge/v1/file/upload — takes a file in, for articles to come.</summary>
internal sealed record UploadFile(KnowledgeKit Kit) : IOperationDefinition
{
    internal static readonly Rule<UploadRequest>[] Rules = [.. FileRules.Form, .. FileRules.Receive(replaces: false)];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.Knowledge, "UploadFile", "POST", ParameterSource.Query, incoming => new UploadRequest(incoming, Kit), Rules,
        x => ValueTask.FromResult(FileRules.Answer(x, x.Uploaded.Attachment!)));
}

/// <summary>POST /api/knowledge/v1/file/update — gives a file another name and other bytes; its articles have
/// the new ones.</summary>
internal sealed record UpdateFile(KnowledgeKit Kit) : IOperationDefinition
{
    internal static readonly Rule<UploadRequest>[] Rules =
    [
        .. FileRules.Form,
        new(E.ParameterMalformed, x => x.FileId is not ""),
        new(E.ParameterMalformed, x => Attachments.IsId(x.FileId)),
        .. FileRules.Receive(replaces: true),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.Knowledge, "UpdateFile", "POST", ParameterSource.Query, incoming => new UploadRequest(incoming, Kit), Rules,
        x => ValueTask.FromResult(FileRules.Answer(x, x.Uploaded.Attachment!)));
}

/// <summary>What holds for files that are sent as forms.</summary>
internal static class FileRules
{
    internal static readonly Rule<UploadRequest>[] Form =
    [
        new(E.ParameterMalformed, x => x.FitsLength, why: _ => "the file is larger than Knowledge:MaxFileBytes"),
        new(E.ParameterMalformed, x => x.OpenAsync(), why: _ => "no form, or no file in it"),
        new(E.ParameterMalformed, x => x.Name is not ""),
        new(E.ParameterMalformed, x => x.SaysSize),
        new(E.ParameterMalformed, x => x.SaysMd5),
    ];

    /// <summary>The file itself, behind all that can be said before it is read.</summary>
    public static Rule<UploadRequest>[] Receive(bool replaces) =>
    [
        new(E.ParameterMalformed, x => x.ReceiveAsync(replaces), why: x => $"the file: {x.Uploaded.Outcome}"),
        new(E.AttachmentUnknown,  x => x.Uploaded.Outcome is not UploadOutcome.Unknown),
        new(E.OperationFailed,    x => x.Uploaded.Outcome is UploadOutcome.Done, why: x => $"the file: {x.Uploaded.Outcome}"),
    ];

    public static Answer Answer(KnowledgeRequest request, Attachment file) => WeLinkDialect.Ok((request, file), static (json, it) =>
    {
        json.WriteStartObject("data");
        json.WriteString("fileId", it.file.Id);
        json.WriteString("fileName", it.file.Name);
        json.WriteNumber("fileSize", it.file.Content!.Size);
        json.WriteString("md5", Convert.ToHexStringLower(it.file.Content.Md5));
        json.WriteString("contentType", it.file.Content.Type);
        json.WriteString("url", it.request.AddressOf(it.file.Id));
        json.WriteEndObject();
    });
}
