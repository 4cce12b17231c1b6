using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Yaopai.Server.Gateway;
using Yaopai.Server.Keys;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.Forms;

/// <summary>What all forms have in common: the signed-in person, and the anti-forgery token.</summary>
internal sealed class PageForms(IAntiforgery antiforgery, KeyRing keys, Sessions sessions)
{
    public const string TokenField = "forgery";

    private const int MaxBody = 64 * 1024;

    private static readonly FormOptions s_limits = new()
    {
        ValueCountLimit = 64,
        KeyLengthLimit = 64,
        ValueLengthLimit = 16 * 1024,
        BufferBodyLengthLimit = MaxBody,
    };

    /// <summary>The signed-in person; tokens made and checked from then on are bound to this sign-in.</summary>
    public async ValueTask<SignedIn?> PersonAsync(HttpContext http)
    {
        var person = await sessions.FindAsync(http, http.RequestAborted);
        http.User = person is null
            ? new ClaimsPrincipal()
            : new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", person.Session.GrantId.ToString())], "session"));
        return person;
    }

    /// <summary>For the hidden field of a form; its other half goes into a cookie.</summary>
    public string TokenFor(HttpContext http)
    {
        http.Response.Headers.Remove("Cache-Control"); // or the framework warns that it overrides it
        var token = antiforgery.GetAndStoreTokens(http).RequestToken!;
        http.Response.Headers.CacheControl = "no-store"; // it has just said a little less
        return token;
    }

    /// <summary>The fields of a form that this server gave out in this sign-in; null for any other.
    /// Call <see cref="PersonAsync"/> before.</summary>
    public async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        var request = http.Request;
        if (!SameOrigin.Holds(request) || !BodyContentType.IsForm(request) || request.ContentLength > MaxBody)
            return null;

        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaxBody;
        http.Features.Set<IFormFeature>(new FormFeature(request, s_limits));
        try
        {
            var form = await request.ReadFormAsync(http.RequestAborted);
            var isOurs = await antiforgery.IsRequestValidAsync(http)
                // a key that another node made a moment ago
                || (await keys.ReloadAsync(http.RequestAborted) && await antiforgery.IsRequestValidAsync(http));
            return isOurs && form.All(field => field.Value.Count == 1) ? form : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }
}
