using System.Globalization;
using System.Text.Json;
using Yaopai.Errors;

namespace Yaopai.Tests.Http;

/// <summary>Holds an answer against its definition, byte for byte where the contract says so, and remembers that it came.</summary>
internal static class Wire
{
    /// <summary>What is the same for everybody.</summary>
    private static readonly string[] s_public = ["Certs", "OpenIdConfiguration", "RiscConfiguration"];

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    /// <summary>A success of an operation whose 200 row this is.</summary>
    public static async Task<JsonElement> ShouldSucceedAsync(this HttpResponseMessage response, ErrorDefinition ok)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(ok.Http == (int)response.StatusCode, $"{(int)response.StatusCode} {body}");
        Assert.False(response.Headers.Contains("NSP_STATUS"), body);
        Assert.Contains(s_public.Contains(ok.Operation) ? "public, max-age=" : "no-store", response.Headers.CacheControl!.ToString());
        if (ok.Http == 302)
        {
            Assert.Contains(ok.Operation is "DevicePage" ? "/device?request=Dg" : "code=DgEB", response.Headers.Location!.OriginalString);
            Provoked.Record(ok, response, body);
            return default;
        }

        var json = JsonDocument.Parse(body).RootElement;
        if (json.ValueKind is JsonValueKind.Array)
        {
            Provoked.Record(ok, response, body);
            return json;
        }

        Assert.False(json.TryGetProperty("error_code", out _), body);
        Assert.False(json.TryGetProperty("error", out _) || json.TryGetProperty("resultCode", out _), body);
        Assert.False(json.TryGetProperty("errCode", out var errCode) && errCode.GetInt64() != 0, body);
        Provoked.Record(ok, response, body);
        return json;
    }

    public static async Task ShouldBeAsync(this HttpResponseMessage response, ErrorDefinition expected)
    {
        var body = await response.Content.ReadAsStringAsync();
        var actual = Describe(response, body);
        Assert.Equal(Describe(expected, IsOAuth(response)), actual);
        Assert.True(response.Headers.Contains("X-Request-Id"), "Every error answer carries X-Request-Id.");
        if (expected.Surface is "OpenApi" && !IsOAuth(response))
            Assert.Equal(response.Headers.GetValues("X-Request-Id").Single(), Text(JsonDocument.Parse(body).RootElement, "request_id"));

        Assert.Contains("no-store", response.Headers.CacheControl!.ToString());
        if (expected.Http == 405)
            Assert.NotEmpty(response.Content.Headers.Allow);

        Provoked.Record(expected, response, body);
    }

    /// <summary>An error that is told to the app, in the address that the browser is sent to.</summary>
    /// <param name="told">The description, where it is not that of the error.</param>
    public static void ShouldSay(
        this HttpResponseMessage response, string redirectUri, ErrorDefinition expected, string? state, string? told = null)
    {
        var description = (told ?? expected.En).Replace(' ', '+');
        Assert.Equal(302, (int)response.StatusCode);
        Assert.Equal(
            $"{redirectUri}{(redirectUri.Contains('?') ? '&' : '?')}error={expected.Parent}&sub_error={expected.Code}"
            + $"&error_description={description}"
            + (state is null ? "" : $"&state={Uri.EscapeDataString(state).Replace("%20", "+", StringComparison.Ordinal)}"),
            response.Headers.Location!.OriginalString);
        Assert.True(response.Headers.Contains("X-Request-Id"), "Every error answer carries X-Request-Id.");
        Assert.Contains("no-store", response.Headers.CacheControl!.ToString());
        Provoked.Record(expected, response, "");
    }

    /// <summary>Status, channel and number of whatever came: <c>400 error/sub_error 1101/20155</c>.</summary>
    public static async Task<string> CodeOfAsync(this HttpResponseMessage response) =>
        string.Join(' ', Describe(response, await response.Content.ReadAsStringAsync()).Split(' ')[..3]);

    /// <summary>Status, codes and text in one line, so that a difference reads well.</summary>
    private static string Describe(HttpResponseMessage response, string body)
    {
        var json = body is ['{' or '[', ..] ? JsonDocument.Parse(body).RootElement : default; // else a callback, a page, a word
        var status = (int)response.StatusCode;
        if (response.Headers.TryGetValues("NSP_STATUS", out var nsp))
            return $"{status} NSP_STATUS {nsp.Single()} {Text(json, "error")} {response.Content.Headers.ContentType}";
        if (json.ValueKind is JsonValueKind.Object && json.TryGetProperty("error_code", out var code))
            return $"{status} error_code {code.GetInt64()} "
                + $"{Text(json, json.TryGetProperty("error", out _) ? "error_description" : "error_msg")} "
                + $"{response.Content.Headers.ContentType}";
        if (json.ValueKind is JsonValueKind.Object && json.TryGetProperty("errorMessage", out var twice))
            return $"{status} code {Text(json, "code")} {(twice.GetString() == Text(json, "message") ? twice.GetString() : body)} "
                + $"{response.Content.Headers.ContentType}";
        if (json.ValueKind is JsonValueKind.Object && json.TryGetProperty("sub_error", out var sub))
            return $"{status} error/sub_error {json.GetProperty("error").GetInt64()}/{sub.GetInt64()} {Text(json, "error_description")} "
                + $"{response.Content.Headers.ContentType}";
        if (json.ValueKind is JsonValueKind.Object && json.TryGetProperty("errCode", out var errCode) && errCode.GetInt64() != 0)
            return $"{status} errCode {errCode.GetInt64()} {Text(json, "errMsg")} {response.Content.Headers.ContentType}";
        if (json.ValueKind is JsonValueKind.Object && json.TryGetProperty("resultCode", out var result)
            && result.ValueKind is JsonValueKind.Number)
            return $"{status} resultCode {result.GetInt64()} {Text(json, "resultDesc")} {response.Content.Headers.ContentType}";
        if (json.ValueKind is JsonValueKind.Object && json.TryGetProperty("errcode", out var number) && number.GetInt64() != 0)
            return $"{status} code {number.GetInt64()} {Text(json, "errmsg")} {response.Content.Headers.ContentType}";
        if (json.ValueKind is JsonValueKind.Object && json.TryGetProperty("requestId", out _) && Text(json, "code") is not "0")
            return $"{status} gateway {Text(json, "code")} {Text(json, "message")} {response.Content.Headers.ContentType}";
        return $"{status} http {status} {Text(json, "error")} {response.Content.Headers.ContentType}";
    }

    private static string Describe(ErrorDefinition error, bool isOAuth) => string.Create(CultureInfo.InvariantCulture,
        $"{StatusOf(error, isOAuth)} {error.Channel} {error.Number} {TextOf(error, isOAuth)} {ContentTypeOf(error)}");

    private static bool IsOAuth(HttpResponseMessage response) =>
        response.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/open/oauth/", StringComparison.Ordinal);

    /// <summary>OAuth endpoints borrow rows of the methods for what happens to the server itself,
    /// and give them a status of their kind.</summary>
    private static int StatusOf(ErrorDefinition error, bool isOAuth) => (isOAuth, error.Surface, error.Operation, error.Code) switch
    {
        (true, "OpenApi", "Api", "1") => 500,
        (true, "OpenApi", "Api", "2") => 503,
        (true, "OpenApi", "Api", "3") => 404,
        (true, "OpenApi", "Api", "4") => 429,
        (true, "OpenApi", "Api", "5") => 403,
        _ => error.Http,
    };

    /// <summary>The platform's table says of these what belongs to other numbers (contract 1.1).</summary>
    private static string TextOf(ErrorDefinition error, bool isOAuth) => (isOAuth, error.Surface, error.Operation, error.Code) switch
    {
        (false, "OpenApi", "Api", "7") => "No permission to access data for this referer",
        (false, "OpenApi", "Api", "100") => "Invalid parameter",
        (false, "OpenApi", "Api", "210") => "User not visible",
        (false, "OpenApi", "Api", "211") => "Unsupported permission",
        (_, "WeLink", _, _) => WeLinkCaller.TextOf(error),
        _ => error.En,
    };

    /// <summary>As the documents have it (contract 0.3).</summary>
    private static string ContentTypeOf(ErrorDefinition error) => (error.Channel, error.Operation) switch
    {
        ("NSP_STATUS", "GetTokenInfo" or "OpenIdToUnionId") => "text/plain; charset=utf-8",
        ("NSP_STATUS" or "errCode" or "code" or "gateway", _) => "application/json; charset=utf-8",
        ("resultCode", "BatchGetGroupUnionId") => "application/json; charset=utf-8",
        _ => "application/json",
    };

    private static string Text(JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value.GetString()! : "(none)";
}
