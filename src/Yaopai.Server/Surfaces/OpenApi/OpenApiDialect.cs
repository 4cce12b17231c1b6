using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Documents;
using Yaopai.Server.OAuth.Authorization;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Yaopai.Server.Surfaces.OpenApi.Formats;
using Yaopai.Server.Surfaces.OpenApi.Methods;
using Yaopai.Server.Surfaces.OpenApi.OAuth;
using E = Yaopai.Errors.OpenApiErrors;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>How the surface speaks: the only place that knows its status codes, headers and error fields.</summary>
internal sealed class OpenApiDialect(IOptions<OpenApiOptions> options)
{
    public const string Json = "application/json";

    /// <summary>What RFC 6749 and its relatives call the error, and the status that it travels with.</summary>
    private static readonly FrozenDictionary<ErrorDefinition, (string Name, int Status)> s_oauth =
        new Dictionary<ErrorDefinition, (string, int)>
        {
            [E.OAuth.RequestMalformed] = ("invalid_request", 400),
            [E.OAuth.ClientAuthenticationFailed] = ("invalid_client", 401),
            [E.OAuth.GrantInvalid] = ("invalid_grant", 400),
            [E.OAuth.GrantTypeForbidden] = ("unauthorized_client", 400),
            [E.OAuth.GrantTypeUnsupported] = ("unsupported_grant_type", 400),
            [E.OAuth.ScopeInvalid] = ("invalid_scope", 400),
            [E.OAuth.RefreshTokenExpired] = ("expired_token", 400),
            [E.OAuth.RedirectUriMismatch] = ("redirect_uri_mismatch", 400),
            [E.OAuth.ResponseTypeUnsupported] = ("unsupported_response_type", 400),
            [E.OAuth.AccessDenied] = ("access_denied", 400),
            [E.Api.Internal] = ("server_error", 500),
            [E.Api.ServiceUnavailable] = ("temporarily_unavailable", 503),
            [E.Api.MethodUnknown] = ("invalid_request", 404),
            [E.Api.CallsThrottled] = ("temporarily_unavailable", 429),
            [E.Api.IpAddressForbidden] = ("unauthorized_client", 403),
        }.ToFrozenDictionary();

    /// <summary>The statuses of a strict installation, where they are not 400.</summary>
    private static readonly FrozenDictionary<ErrorDefinition, int> s_strict = new Dictionary<ErrorDefinition, int>
    {
        [E.Api.Internal] = 500,
        [E.Api.ServiceUnavailable] = 503,
        [E.Api.MethodUnknown] = 404,
        [E.Api.CallsThrottled] = 429,
        [E.Api.IpAddressForbidden] = 403,
        [E.Api.UserDataForbidden] = 403,
        [E.Api.RefererForbidden] = 403,
        [E.Api.SignatureIncorrect] = 401,
        [E.Api.TimestampInvalid] = 401,
        [E.Api.AccessTokenInvalid] = 401,
        [E.Api.AccessTokenExpired] = 401,
        [E.Api.UserFieldForbidden] = 403,
        [E.Api.EmailForbidden] = 403,
        [E.Api.DataStoreInternal] = 500,
        [E.Api.DataStoreQuotaExceeded] = 403,
        [E.Api.ObjectUnknown] = 404,
        [E.Api.ObjectAlreadyExists] = 409,
        [E.Api.DatabaseFailed] = 503,
        [E.Api.ApplicationUnknown] = 404,
    }.ToFrozenDictionary();

    /// <summary>What the platform's table says in English of these belongs to other numbers;
    /// the platform's own clients carry the right texts.</summary>
    private static readonly FrozenDictionary<ErrorDefinition, string> s_corrected = new Dictionary<ErrorDefinition, string>
    {
        [E.Api.RefererForbidden] = "No permission to access data for this referer",
        [E.Api.ParameterMalformed] = "Invalid parameter",
        [E.Api.UserFieldForbidden] = "User not visible",
        [E.Api.PermissionUnknown] = "Unsupported permission",
    }.ToFrozenDictionary();

    public static Answer Ok<T>(T value, Action<DocumentWriter, T> write) => Answer.Of(Document.Object(value, write));

    /// <summary>An answer that is a list.</summary>
    public static Answer OkList<T>(T value, Action<DocumentWriter, T> write) => Answer.Of(Document.List(value, write));

    /// <summary>Yes or no, as the platform says it.</summary>
    public static Answer Result(bool holds) => Ok(holds, static (json, it) => json.WriteString("result", it ? "1" : "0"));

    /// <summary>An OAuth error that is told to the app, at its redirect URI.</summary>
    /// <param name="name">What the error is called, where its number has no room for that; null for its own name.</param>
    public static Answer Redirect(string redirectUri, ResponseMode mode, Refusal refusal, string? name, string state)
    {
        var error = refusal.Error;
        (string, string)[] said = [("error", name ?? s_oauth[error].Name), ("error_code", error.Code), ("error_description", error.En)];
        if (state is not "")
            said = [.. said, ("state", state)];

        return mode.Tell(redirectUri, refusal, said);
    }

    /// <summary>An OAuth error under a name that its number has no room for.</summary>
    public static Answer Refusal(Refusal refusal, string name) =>
        Answer.Refusal(refusal) with { Document = OAuthError(refusal.Error, name) };

    /// <summary>What an app gets when it is let in.</summary>
    public static Answer Tokens(IssuedTokens tokens, SessionSecrets secrets) => Ok((tokens, secrets), static (json, it) =>
    {
        json.WriteString("access_token", it.tokens.AccessToken);
        json.WriteString("token_type", "bearer");
        json.WriteNumber("expires_in", (long)it.tokens.Lifetime.TotalSeconds);
        if (it.tokens.RefreshToken is not null)
            json.WriteString("refresh_token", it.tokens.RefreshToken);
        json.WriteString("scope", it.tokens.Scopes);
        json.WriteString("session_key", it.tokens.SessionKey!);
        json.WriteString("session_secret", it.secrets.Of(it.tokens.SessionKey!));
    });

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

        var isOAuth = IsOAuth(call.Path);
        if (answer.Error is { } error)
            response.StatusCode = isOAuth ? s_oauth[error].Status : options.Value.StrictHttpStatus
                ? s_strict.GetValueOrDefault(error, 400)
                : error.Http;

        if (response.StatusCode is StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = ChallengeOf(call.Path, isOAuth);

        var (body, contentType) = BodyOf(call, answer, isOAuth);
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }

    /// <summary>RFC 9110 §15.5.2. None at a page: a browser would ask the person for a password that is the app's.</summary>
    private static string? ChallengeOf(string path, bool isOAuth) => isOAuth
        ? path is Token.Path or DeviceCode.Path ? "Basic realm=\"open\", charset=\"UTF-8\"" : null
        : "Bearer";

    /// <summary>Where the errors of RFC 6749 are spoken, with their statuses; so they are at pictures, which are no calls.</summary>
    private static bool IsOAuth(string path) => path.StartsWith("/oauth/", StringComparison.Ordinal) || path is Logout.Path
        || Portrait.Paths.Any(pictures => path.StartsWith(pictures, StringComparison.Ordinal));

    /// <summary>The error as a method answers it.</summary>
    public Document ApiError(ErrorDefinition error, string requestId) => Document.Object((error, requestId), WriteApiError);

    private static Document OAuthError(ErrorDefinition error, string name) => Document.Object((error, name), static (json, it) =>
    {
        json.WriteString("error", it.name);
        json.WriteNumber("error_code", int.Parse(it.error.Code));
        json.WriteString("error_description", it.error.En);
    });

    private void WriteApiError(DocumentWriter json, (ErrorDefinition Error, string RequestId) it)
    {
        if (options.Value.ErrorCodeAsString)
            json.WriteString("error_code", it.Error.Code);
        else
            json.WriteNumber("error_code", int.Parse(it.Error.Code));

        json.WriteString("error_msg", TextOf(it.Error));
        json.WriteString("request_id", it.RequestId);
    }

    private (byte[] Body, string ContentType) BodyOf(Call call, Answer answer, bool isOAuth)
    {
        if (answer.Body.Length > 0)
            return (answer.Body, answer.ContentType); // a picture

        var document = answer.Document
            ?? (isOAuth ? OAuthError(answer.Error!, s_oauth[answer.Error!].Name) : ApiError(answer.Error!, call.Http.TraceIdentifier));
        return isOAuth
            ? (JsonDocumentWriter.Write(document), Json)
            : AnswerFormat.Write(call.Parameters, document, isError: answer.Error is not null);
    }

    private string TextOf(ErrorDefinition error) =>
        !options.Value.SeedTexts && s_corrected.TryGetValue(error, out var corrected) ? corrected : error.En;
}
