using Microsoft.AspNetCore.Http.Features;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.Forms;

/// <summary>What all forms have in common: the signed-in person, and the anti-forgery token.</summary>
internal sealed class PageForms(Tickets tickets, Sessions sessions, IAppClock clock)
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
        http.Items[typeof(SignedIn)] = person;
        return person;
    }

    /// <summary>For the hidden field of a form. A browser that is not known yet gets the cookie that makes it so.</summary>
    public string TokenFor(HttpContext http) => tickets.Seal(new FormTicket(BrowserId.Remember(http), SessionOf(http), clock.Now));

    /// <summary>The fields of a form that this server gave out in this sign-in; null for any other.
    /// Call <see cref="PersonAsync"/> before.</summary>
    public async Task<IFormCollection?> ReadAsync(HttpContext http) =>
        await FieldsAsync(http) is { } form && await IsOursAsync(http, form, SessionOf(http)) ? form : null;

    /// <summary>The same of a form that this browser was given while nobody was signed in, though somebody is by now.</summary>
    public async Task<IFormCollection?> ReadFromBeforeAsync(HttpContext http) =>
        await FieldsAsync(http) is { } form && await IsOursAsync(http, form, sessionId: null) ? form : null;

    private static async Task<IFormCollection?> FieldsAsync(HttpContext http)
    {
        if (http.Items.TryGetValue(typeof(IFormCollection), out var read)) // a body is read once
            return (IFormCollection?)read;

        var form = await ReadFieldsAsync(http);
        http.Items[typeof(IFormCollection)] = form;
        return form;
    }

    private static async Task<IFormCollection?> ReadFieldsAsync(HttpContext http)
    {
        var request = http.Request;
        if (!SameOrigin.Holds(request) || !BodyContentType.IsForm(request) || request.ContentLength > MaxBody)
            return null;

        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaxBody;
        http.Features.Set<IFormFeature>(new FormFeature(request, s_limits));
        try
        {
            var form = await request.ReadFormAsync(http.RequestAborted);
            return form.All(field => field.Value.Count == 1) ? form : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    // A token that fits every browser would let whoever plants it sign others in as himself (OWASP: login CSRF).
    private async ValueTask<bool> IsOursAsync(HttpContext http, IFormCollection form, Guid? sessionId) =>
        await tickets.UnsealAsync<FormTicket>(form[TokenField].ToString(), http.RequestAborted) is { } ticket
        && ticket.Browser == BrowserId.Of(http.Request) && ticket.SessionId == sessionId;

    private static Guid? SessionOf(HttpContext http) => (http.Items[typeof(SignedIn)] as SignedIn)?.Session.GrantId;
}
