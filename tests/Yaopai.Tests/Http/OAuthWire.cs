using System.Text.Json;
using Yaopai.Errors;
using Api = Yaopai.Errors.OpenApiErrors.Api;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Tests.Http;

/// <summary>Holds an answer of an OAuth endpoint of the Open API against its definition, and remembers that it came.</summary>
internal static class OAuthWire
{
    /// <summary>As the contract has them: what RFC 6749 calls it, and the status.</summary>
    private static readonly Dictionary<ErrorDefinition, (string Name, int Status)> s_said = new()
    {
        [E.RequestMalformed] = ("invalid_request", 400),
        [E.ClientAuthenticationFailed] = ("invalid_client", 401),
        [E.GrantInvalid] = ("invalid_grant", 400),
        [E.GrantTypeForbidden] = ("unauthorized_client", 400),
        [E.GrantTypeUnsupported] = ("unsupported_grant_type", 400),
        [E.ScopeInvalid] = ("invalid_scope", 400),
        [E.RefreshTokenExpired] = ("expired_token", 400),
        [E.RedirectUriMismatch] = ("redirect_uri_mismatch", 400),
        [E.ResponseTypeUnsupported] = ("unsupported_response_type", 400),
        [E.AccessDenied] = ("access_denied", 400),
        [Api.Internal] = ("server_error", 500),
        [Api.ServiceUnavailable] = ("temporarily_unavailable", 503),
        [Api.MethodUnknown] = ("invalid_request", 404),
        [Api.CallsThrottled] = ("temporarily_unavailable", 429),
        [Api.IpAddressForbidden] = ("unauthorized_client", 403),
    };

    public static ErrorDefinition Named(string name) => E.All.Single(error => error.Name == name);

    /// <param name="name">Where the error goes by another name than its number has.</param>
    public static async Task ShouldRefuseAsync(this HttpResponseMessage response, ErrorDefinition expected, string? name = null)
    {
        var body = await response.Content.ReadAsStringAsync();
        var (known, status) = s_said[expected];
        Assert.Equal(
            $$"""{{status}} application/json """
            + $$"""{"error":"{{name ?? known}}","error_code":{{expected.Code}},"error_description":"{{expected.En}}"}""",
            $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {body}");
        Assert.True(response.Headers.Contains("X-Request-Id"), "Every error answer carries X-Request-Id.");
        Assert.Contains("no-store", response.Headers.CacheControl!.ToString());
        Provoked.Record(expected, response, body);
    }

    /// <summary>An error that is told to the app, in the address that the browser is sent to.</summary>
    public static void ShouldTellApp(
        this HttpResponseMessage response, string redirectUri, char separator, ErrorDefinition expected, string? state)
    {
        Assert.Equal(302, (int)response.StatusCode);
        Assert.Equal(
            $"{redirectUri}{separator}error={s_said[expected].Name}&error_code={expected.Code}"
            + $"&error_description={expected.En.Replace(' ', '+')}"
            + (state is null ? "" : $"&state={Uri.EscapeDataString(state).Replace("%20", "+")}"),
            response.Headers.Location!.OriginalString);
        Assert.True(response.Headers.Contains("X-Request-Id"), "Every error answer carries X-Request-Id.");
        Assert.Contains("no-store", response.Headers.CacheControl!.ToString());
        Provoked.Record(expected, response, "");
    }

    public static async Task<JsonElement> ShouldGiveAsync(this HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("no-store", response.Headers.CacheControl!.ToString());
        Assert.DoesNotContain("error", body); // clients exist that look for no more than the word
        Provoked.Record(Api.Ok, response, body);
        return JsonDocument.Parse(body).RootElement;
    }
}
