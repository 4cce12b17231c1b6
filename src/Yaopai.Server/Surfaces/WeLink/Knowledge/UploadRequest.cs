using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Yaopai.Server.Gateway;
using Yaopai.Server.Knowledge;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.WeLink.Knowledge;

/// <summary>A form with a file, read as it comes: fields first, then the file, which is stored while it arrives.</summary>
internal sealed class UploadRequest(Incoming incoming, KnowledgeKit kit) : KnowledgeRequest(WithForm(incoming), kit)
{
    /// <summary>What a form has around its file.</summary>
    private const int Around = 64 * 1024;

    private const int LongestField = 1024;

    private static readonly string[] s_fields = ["fileId", "name", "size", "md5"];

    private readonly Dictionary<string, string> _fields = [];

    private MultipartReader? _form;
    private FileMultipartSection? _file;

    public UploadAnswer Uploaded { get; private set; } = UploadOutcome.Unknown;

    /// <summary>As the form has it, or the query.</summary>
    public string FileId => Field("fileId");

    public string Name => FileNames.Of(Field("name") is { Length: > 0 } name ? name : _file?.FileName ?? "");

    public bool FitsLength => !(Call.Http.Request.ContentLength > Knowledge.Attachments.Largest + Around);

    public bool SaysSize => Field("size") is "" || ClientId.Number(Field("size")) is not null;

    public bool SaysMd5 => Field("md5") is "" || FileNames.Md5Of(Field("md5")) is not null;

    private Expected Expected => new(ClientId.Number(Field("size")), FileNames.Md5Of(Field("md5")));

    /// <summary>Reads up to the file. False where there is none, or what comes before it is no form.</summary>
    public async ValueTask<bool> OpenAsync()
    {
        try
        {
            var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(Call.Http.Request.ContentType).Boundary).Value;
            if (boundary is not { Length: > 0 and <= 200 })
                return false;

            _form = new MultipartReader(boundary, Call.Http.Request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 8 * 1024 };
            while (await _form.ReadNextSectionAsync(Call.Ct) is { } section)
            {
                if (section.GetContentDispositionHeader() is not { } disposition || !IsOfForm(disposition))
                    return false;

                if (disposition.IsFileDisposition())
                {
                    _file = new FileMultipartSection(section, disposition);
                    return true;
                }

                if (!await TryTakeAsync(section, disposition))
                    return false;
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or FormatException)
        {
        }

        return false;
    }

    public async ValueTask<bool> ReceiveAsync(bool replaces)
    {
        using var patience = Knowledge.NewPatience();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, Call.Http.RequestAborted);
        try
        {
            var content = _file!.FileStream!;
            Uploaded = replaces
                ? await Knowledge.Attachments.ReplaceAsync(TenantId, App.Id, FileId, Name, content, Expected, both.Token)
                : await Knowledge.Attachments.AddAsync(TenantId, App.Id, Name, content, Expected, both.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new FailureException(Failure.DeadlinePassed, "The file took too long to come.");
        }
        catch (IOException)
        {
            return false; // the form ends within the file
        }

        return Uploaded.Outcome is not (UploadOutcome.Empty or UploadOutcome.TooLarge);
    }

    private string Field(string name) => _fields.GetValueOrDefault(name) ?? this[name];

    private async ValueTask<bool> TryTakeAsync(MultipartSection section, ContentDispositionHeaderValue disposition)
    {
        var field = new FormMultipartSection(section, disposition);
        var bytes = new byte[LongestField + 1];
        var length = await section.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, Call.Ct);
        if (length > LongestField || !Utf8.IsValid(bytes.AsSpan(0, length)))
            return false;

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return !s_fields.Contains(field.Name) || (!text.Contains('\0') && _fields.TryAdd(field.Name, text));
    }

    // The framework takes anything else for a mistake of the program.
    private static bool IsOfForm(ContentDispositionHeaderValue disposition) =>
        disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase);

    private static Incoming WithForm(Incoming incoming) => incoming with
    {
        Trouble = incoming.Trouble ?? (incoming.Call.Http.Request.ContentType?.StartsWith(
            "multipart/form-data;", StringComparison.OrdinalIgnoreCase) is true ? null : Failure.UnsupportedMediaType),
    };
}
