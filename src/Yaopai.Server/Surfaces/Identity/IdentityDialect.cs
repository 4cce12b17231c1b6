using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Documents;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.Identity.Gateway;
using Common = Yaopai.Errors.IdentityErrors.Common;
using Gate = Yaopai.Errors.IdentityErrors.Gateway;

namespace Yaopai.Server.Surfaces.Identity;

/// <summary>How the surface speaks: the only place that knows its statuses, headers and error fields.</summary>
internal sealed class IdentityDialect(IOptions<IdentityOptions> options)
{
    public const string Json = "application/json; charset=utf-8";

    private const string Xml = "application/xml; charset=utf-8";
    private const string Script = "text/javascript; charset=utf-8";

    /// <summary>The channel of the signed gateway, which answers with words and names the request.</summary>
    private const string GatewayChannel = "gateway";

    /// <summary>The statuses of a strict installation, where they are not 400.</summary>
    private static readonly FrozenDictionary<ErrorDefinition, int> s_strict = new Dictionary<ErrorDefinition, int>
    {
        [Gate.MethodUnsupported] = 405,
        [Gate.PostRequired] = 405,
        [Gate.AppUnknown] = 401,
        [Gate.SignatureIncorrect] = 401,
        [Gate.Internal] = 500,
        [Common.SystemBusy] = 503,
        [Common.Internal] = 500,
        [Common.GetRequired] = 405,
        [Common.PostRequired] = 405,
        [Common.CredentialInvalid] = 401,
        [Common.AppSecretIncorrect] = 401,
        [Common.AccessTokenInvalid] = 401,
        [Common.AccessTokenExpired] = 401,
        [Common.HttpsRequired] = 403,
        [Common.IpAddressForbidden] = 403,
        [Common.TypeForbidden] = 403,
        [Common.AccessTokenForbidden] = 403,
        [Common.CallsThrottled] = 429,
        [Common.SignInThrottled] = 429,
        [IdentityErrors.MiniProgram.WeChatUnavailable] = 503,
    }.ToFrozenDictionary();

    public static Answer Ok<T>(T value, Action<DocumentWriter, T> write) => Answer.Of(Document.Object(value, write));

    /// <summary>An answer of the signed gateway, in the format that the call asks for: bytes, so that they can be kept.</summary>
    public static Answer Gateway<T>(Call call, T value, Action<DocumentWriter, T> write)
    {
        var document = Document.Object((value, write, call.Http.TraceIdentifier), static (json, it) =>
        {
            json.WriteString("code", "0");
            json.WriteString("message", "ok");
            json.WriteString("requestId", it.TraceIdentifier);
            json.WriteStartObject("data");
            it.write(json, it.value);
            json.WriteEndObject();
        });
        var (body, contentType) = BodyOf(call, Answer.Of(document));
        return new Answer(body, contentType);
    }

    /// <summary>An answer that was kept, to the same call in the same format.</summary>
    public static Answer Gateway(Call call, byte[] kept) => new(kept, AsksForXml(call) ? Xml : Json);

    /// <summary>An answer that older clients take out of the call of a function.</summary>
    public static Answer Callback<T>(T value, Action<DocumentWriter, T> write) => new(
        [.. "callback( "u8, .. JsonDocumentWriter.Write(Document.Object(value, write)), .. " );\n"u8], Script);

    /// <summary>An error that is told to the app, at its redirect URI.</summary>
    /// <param name="more">What the app needs to go on.</param>
    public static Answer Redirect(string redirectUri, Refusal refusal, string state, params (string, string)[] more) => Answer.Redirect(
        RedirectUri.With(redirectUri, WithState(state, [("errcode", refusal.Error.Code), ("errmsg", refusal.Error.En), .. more])), refusal);

    /// <summary>An error, with something that the caller needs to go on.</summary>
    public static Document ErrorWith(ErrorDefinition error, string name, string value) =>
        Document.Object((error, name, value), static (json, it) =>
        {
            json.WriteNumber("errcode", int.Parse(it.error.Code));
            json.WriteString("errmsg", it.error.En);
            json.WriteString(it.name, it.value);
        });

    /// <summary>Back to the app, with what it gets.</summary>
    public static Answer Redirect(string redirectUri, string state, params (string, string)[] said) =>
        Answer.Redirect(RedirectUri.With(redirectUri, WithState(state, said)));

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

        if (answer.Error is { } error && options.Value.StrictHttpStatus)
            response.StatusCode = s_strict.GetValueOrDefault(error, StatusCodes.Status400BadRequest);

        var (body, contentType) = BodyOf(call, answer);
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }

    private static (byte[] Body, string ContentType) BodyOf(Call call, Answer answer)
    {
        if (answer.ContentType is not "")
            return (answer.Body, answer.ContentType);

        var document = answer.Document ?? ErrorOf(answer.Error!, call.Http.TraceIdentifier);
        return AsksForXml(call)
            ? (XmlDocumentWriter.Write(document, "response"), Xml)
            : (JsonDocumentWriter.Write(document), Json);
    }

    private static Document ErrorOf(ErrorDefinition error, string requestId) => error.Channel is GatewayChannel
        ? Document.Object((error, requestId), static (json, it) =>
        {
            json.WriteString("code", it.error.Code);
            json.WriteString("message", it.error.En);
            json.WriteString("requestId", it.requestId);
        })
        : Document.Object(error, static (json, it) =>
        {
            json.WriteNumber("errcode", int.Parse(it.Code));
            json.WriteString("errmsg", it.En);
        });

    /// <summary>Only the signed gateway knows another format than JSON.</summary>
    private static bool AsksForXml(Call call) =>
        call.Path.StartsWith(IdentitySurface.GatewayPaths, StringComparison.Ordinal)
        && SystemParameters.Read(call, SystemParameters.Format) is "xml";

    private static (string, string)[] WithState(string state, params (string, string)[] said) =>
        state is "" ? said : [.. said, ("state", state)];
}
