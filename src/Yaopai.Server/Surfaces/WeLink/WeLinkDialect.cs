using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.WeLinkErrors;

namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>How the surface speaks: the only place that knows its statuses, headers and envelope.</summary>
internal sealed class WeLinkDialect(IOptions<WeLinkOptions> options)
{
    private const string JsonType = "application/json; charset=utf-8";

    /// <summary>The operations whose texts the document has in English.</summary>
    private static readonly FrozenSet<ErrorDefinition> s_english = FrozenSet.ToFrozenSet(
    [
        .. E.OAuth.All, .. E.Registration.All, E.Todo.UpdateFailed, E.Todo.DeletionFailed, E.Attendance.Ok,
    ]);

    /// <summary>The statuses of a strict installation, where they are not the row's own.</summary>
    private static readonly FrozenDictionary<ErrorDefinition, int> s_strict = new Dictionary<ErrorDefinition, int>
    {
        [E.Gateway.AccessUnauthorized] = 401,
        [E.Gateway.AccessForbidden] = 403,
        [E.Gateway.AddressUnknown] = 404,
        [E.Gateway.Internal] = 500,
    }.ToFrozenDictionary();

    /// <summary>A success: the documented members stand beside code and message.</summary>
    /// <param name="message">Documented clients compare it: <c>ok</c>, <c>OK</c>, <c>success</c> and <c>SUCCESS</c> are known.</param>
    public static Answer Ok<T>(T value, Action<Utf8JsonWriter, T> write, ErrorDefinition? row = null, string message = "ok") =>
        new(Json.Write((value, write, row, message), static (json, it) =>
        {
            json.WriteString("code", (it.row ?? E.Gateway.Ok).Code);
            json.WriteString("message", it.message);
            it.write(json, it.value);
        }), JsonType);

    /// <summary>A success that says nothing more.</summary>
    public static Answer Ok() => Ok(0, static (_, _) => { });

    /// <summary>An error that is told to the app, in the address that the browser is sent to.</summary>
    public static Answer Redirect(string redirectUri, Refusal refusal, string state) => Answer.Redirect(
        RedirectUri.With(redirectUri, WithState(state, ("code", refusal.Error.Code), ("message", TextOf(refusal.Error, "")))), refusal);

    /// <summary>Back to the app, with what it gets.</summary>
    public static Answer Redirect(string redirectUri, string state, params ReadOnlySpan<(string, string)> said) =>
        Answer.Redirect(RedirectUri.With(redirectUri, WithState(state, said)));

    /// <summary>The text of a row: in the language of the document, or in the one that is asked for.</summary>
    /// <param name="language"><c>zh</c> or <c>en</c>; anything else asks for none.</param>
    public static string TextOf(ErrorDefinition error, string language) =>
        language is "en" || (language is not "zh" && s_english.Contains(error)) ? error.En : error.Zh;

    public static string LanguageOf(Call call) => call.Http.Request.Headers["lang"].ToString();

    public async ValueTask WriteAsync(Call call, Answer answer)
    {
        var response = call.Http.Response;
        response.Headers.CacheControl = "no-store"; // answers carry tokens and personal data (RFC 6749 §5.1)
        response.Headers.Pragma = "no-cache";
        if (answer.Location is { } location)
        {
            response.StatusCode = StatusCodes.Status302Found;
            response.Headers.Location = location;
            response.Headers["Referrer-Policy"] = "no-referrer";
            return;
        }

        if (answer.Error is { } error)
            response.StatusCode = options.Value.StrictHttpStatus ? s_strict.GetValueOrDefault(error, error.Http) : error.Http;

        if (answer.File is { } file)
        {
            await WriteAsync(call.Http, file);
            return;
        }

        var body = answer.Error is { } told && answer.Body is [] ? ErrorOf(told, LanguageOf(call)) : answer.Body;
        response.ContentType = answer.ContentType is "" ? JsonType : answer.ContentType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }

    /// <summary>Always to be saved and never to be shown: it is an app's, at our address.</summary>
    private static async Task WriteAsync(HttpContext http, AttachedFile file)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        http.Response.Headers.ContentSecurityPolicy = "sandbox";
        http.Response.ContentType = file.ContentType;
        http.Response.ContentLength = file.Size;
        var written = 0L;
        await foreach (var part in file.Parts)
        {
            await http.Response.Body.WriteAsync(part, http.RequestAborted);
            written += part.Length;
        }

        if (written < file.Size)
            http.Abort(); // it was replaced while it went out: a file that is cut short must not look whole
    }

    /// <summary>An error that says more than its text, or says it in another way.</summary>
    public static byte[] ErrorWith(Call call, ErrorDefinition error, Action<Utf8JsonWriter> more) => Json.Write(
        (Error: error, Text: TextOf(error, LanguageOf(call)), more), static (json, it) =>
        {
            WriteError(json, it.Error, it.Text);
            it.more(json);
        });

    private static byte[] ErrorOf(ErrorDefinition error, string language) => Json.Write((error, language), static (json, it) =>
    {
        var text = TextOf(it.error, it.language);
        WriteError(json, it.error, text);
        if (it.error.Operation is "Todo")
            json.WriteString("data", text);
        else if (it.error.Operation is "Recognition")
            json.WriteString("error", text);
    });

    /// <summary>Clients read the text under one name or the other.</summary>
    private static void WriteError(Utf8JsonWriter json, ErrorDefinition error, string text)
    {
        json.WriteString("code", error.Code);
        json.WriteString("message", text);
        json.WriteString("errorMessage", text);
    }

    private static (string, string)[] WithState(string state, params ReadOnlySpan<(string, string)> said) =>
        state is "" ? [.. said] : [.. said, ("state", state)];
}
