using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Yaopai.Errors;

namespace Yaopai.Server.Admin.Api;

/// <summary>Reads what is sent to the admin API, and says what is wrong with it.</summary>
internal static class AdminRequest
{
    public const int MaxBytes = 64 * 1024;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>The whole body, as it came; a refusal where it is too long.</summary>
    public static async Task<(byte[] Bytes, AdminProblem? Problem)> ReadAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes; // also where no length is said
        try
        {
            using var bytes = new MemoryStream();
            await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
            return (bytes.ToArray(), null);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode is StatusCodes.Status413PayloadTooLarge)
        {
            return ([], new(OperatorErrors.AdminApi.BodyTooLarge, $"The body is larger than {MaxBytes / 1024} KiB."));
        }
    }

    public static (Input Input, AdminProblem? Problem) Parse(HttpRequest request, byte[] bytes, IReadOnlyList<Member> members)
    {
        // JSON only: a form of a foreign page can be posted here without asking, JSON cannot.
        if (bytes.Length > 0 && !request.HasJsonContentType())
            return (Input.Empty, new(OperatorErrors.AdminApi.BodyTypeRefused, "The body is of another type than application/json."));

        try
        {
            // No body is an empty object: many an operation needs no member.
            using var document = JsonDocument.Parse(bytes.Length == 0 ? "{}"u8.ToArray() : bytes, s_options);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                return (Input.Empty, new(OperatorErrors.AdminApi.BodyUnreadable, "The body is no JSON object."));

            var (input, faults) = Input.OfBody(document.RootElement, members);
            return faults.Count == 0
                ? (input, null)
                : (input, new(OperatorErrors.AdminApi.MembersRefused, Say(faults), faults));
        }
        catch (JsonException exception)
        {
            // The framework's message may quote what was sent, a password for instance.
            return (Input.Empty, new(
                OperatorErrors.AdminApi.BodyUnreadable,
                $"The body is no JSON, or has a member twice: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}."));
        }
        catch (InvalidOperationException)
        {
            return (Input.Empty, new(OperatorErrors.AdminApi.BodyUnreadable, "The body has a text that is none of Unicode."));
        }
    }

    public static string Say(IReadOnlyList<InputFault> faults) =>
        string.Join("; ", faults.Take(3).Select(fault => $"{fault.Pointer} {fault.Detail}"))
        + (faults.Count > 3 ? $"; and {faults.Count - 3} more." : ".");
}
