using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Sandbox;

/// <summary>Reads what is sent to the sandbox, and says what is wrong with it.</summary>
internal static class SandboxBody
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>For requests that may be sent without; a body needs no length.</summary>
    public static bool IsThere(HttpContext http) => http.Request.ContentLength is { } length
        ? length > 0
        : http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true;

    public static async Task<(T? Request, Problem? Problem)> ReadAsync<T>(HttpContext http) where T : class
    {
        // JSON only: a form of a foreign page can be posted here without asking, JSON cannot.
        if (!http.Request.HasJsonContentType())
            return (null, Problem.Invalid("Send JSON, with \"Content-Type: application/json\"."));

        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaxBytes; // also where no length is said
        try
        {
            var request = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, SandboxJson.Options, http.RequestAborted);
            return (request ?? throw new JsonException("The body is null."), null);
        }
        catch (JsonException exception)
        {
            return (null, Problem.Invalid(SandboxJson.Explain(exception)));
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode is StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Problem.Invalid($"The body is larger than {MaxBytes / 1024} KiB."));
        }
    }
}
