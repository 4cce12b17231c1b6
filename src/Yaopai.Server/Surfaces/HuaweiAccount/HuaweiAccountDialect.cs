using System.Collections.Frozen;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth.Authorization;

namespace Yaopai.Server.Surfaces.HuaweiAccount;

/// <summary>How the surface speaks: the only place that knows its status codes, headers and error fields.</summary>
internal static class HuaweiAccountDialect
{
    // Spelled as documented clients compare them, to the letter.
    public const string Json = "application/json";
    public const string JsonUtf8 = "application/json;charset=utf-8";
    public const string JsonSpaceUtf8 = "application/json; charset=utf-8";
    public const string TextUtf8 = "text/plain;charset=utf-8";

    private static readonly FrozenDictionary<ErrorDefinition, (byte[] Body, string ContentType)> s_errors = HuaweiAccountErrors.All
        .ToFrozenDictionary(error => error, error => (Gateway.Json.Write(error, WriteError), ContentTypeOf(error)));

    public static Answer Ok<T>(string contentType, T value, Action<Utf8JsonWriter, T> write) =>
        new(Gateway.Json.Write(value, write), contentType);

    public static Answer Redirect(string redirectUri, ResponseMode mode, string code, string state) =>
        mode.Tell(redirectUri, WithState(state, ("code", code)));

    /// <param name="told">What the app reads where the number alone does not tell it enough.</param>
    public static Answer Redirect(string redirectUri, ResponseMode mode, Refusal refusal, string? told, string state)
    {
        var error = refusal.Error;
        return mode.Tell(redirectUri, refusal, WithState(
            state, ("error", error.Parent), ("sub_error", error.Code), ("error_description", told ?? error.En)));
    }

    public static async ValueTask WriteAsync(HttpResponse response, Answer answer)
    {
        if (answer.Location is { } location)
        {
            response.StatusCode = StatusCodes.Status302Found;
            response.Headers.Location = location;
            response.Headers.CacheControl = "no-store";
            response.Headers.Pragma = "no-cache";
            response.Headers["Referrer-Policy"] = "no-referrer"; // the page it leads to is not told a request that may hold a nonce
            return;
        }

        var (body, contentType) = answer.Error is { } error ? s_errors[error] : (answer.Body, answer.ContentType);
        if (answer.Error is { } refusal)
        {
            response.StatusCode = refusal.Http;
            if (refusal.Channel is "NSP_STATUS")
                response.Headers["NSP_STATUS"] = refusal.Code;
        }

        if (answer.Kept is { } kept)
        {
            response.Headers.CacheControl = $"public, max-age={(long)kept.TotalSeconds}";
        }
        else
        {
            // Answers carry tokens and personal data (RFC 6749 §5.1).
            response.Headers.CacheControl = "no-store";
            response.Headers.Pragma = "no-cache";
        }

        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }

    private static (string, string)[] WithState(string state, params (string, string)[] said) =>
        state is "" ? said : [.. said, ("state", state)];

    private static void WriteError(Utf8JsonWriter json, ErrorDefinition error)
    {
        switch (error.Channel)
        {
            case "error/sub_error":
                json.WriteNumber("sub_error", int.Parse(error.Code));
                json.WriteString("error_description", error.En);
                json.WriteNumber("error", int.Parse(error.Parent));
                break;
            case "resultCode":
                json.WriteNumber("resultCode", int.Parse(error.Code));
                json.WriteString("resultDesc", error.En);
                break;
            case "errCode":
                json.WriteNumber("errCode", int.Parse(error.Code));
                json.WriteString("errMsg", error.En);
                break;
            default: // http and NSP_STATUS: the code is in the status line, or in a header
                json.WriteString("error", error.En);
                break;
        }
    }

    private static string ContentTypeOf(ErrorDefinition error) => (error.Channel, error.Operation) switch
    {
        ("NSP_STATUS", "GetTokenInfo" or "OpenIdToUnionId") => TextUtf8,
        ("NSP_STATUS", _) => JsonUtf8,
        ("resultCode", "BatchGetGroupUnionId") => JsonSpaceUtf8,
        ("errCode", _) => JsonUtf8,
        _ => Json,
    };
}
