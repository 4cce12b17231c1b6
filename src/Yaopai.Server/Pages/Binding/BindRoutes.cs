using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.Binding;

/// <summary>GET and POST /bind: a person whom another platform vouches for proves their phone number.</summary>
/// <remarks>What they have done so far is in cookies of this browser and in the database: the page can be loaded again.</remarks>
internal sealed class BindRoutes(
    Tickets tickets, AppDirectory apps, Bindings bindings, NumberBinding numbers, PageForms forms, IAppClock clock)
{
    public const string PhoneField = "phone";
    public const string CodeField = "code";
    public const string StepField = "step";

    public const string Send = "send";
    public const string SendAgain = "send-again";
    public const string Other = "other";
    public const string Bind = "bind";

    public const int LongestPhone = 32;
    public const int LongestCode = 16; // some write it with spaces

    private static readonly Dictionary<SendOutcome, (Phrase Fault, int Status)> s_unsent = new()
    {
        [SendOutcome.Throttled] = (BindTexts.Throttled, StatusCodes.Status429TooManyRequests),
        [SendOutcome.Undelivered] = (BindTexts.Undelivered, StatusCodes.Status503ServiceUnavailable),
    };

    public async Task ShowAsync(HttpContext http)
    {
        if (await BeginAsync(http) is not { } visitor)
            return;

        await forms.PersonAsync(http);
        await WriteAsync(http, visitor);
    }

    public async Task TakeAsync(HttpContext http)
    {
        if (await BeginAsync(http) is not { } visitor)
            return;

        await forms.PersonAsync(http);
        var form = await forms.ReadAsync(http);
        await (form?[StepField].ToString() switch
        {
            Send => SendAsync(http, visitor, form[PhoneField].ToString().Trim()),
            SendAgain when visitor.Typed is { } typed => SendAsync(http, visitor, typed),
            Bind when visitor.Typed is { } typed => BindAsync(http, visitor, typed, form[CodeField].ToString()),
            SendAgain or Bind or Other => AskForNumberAsync(http, visitor),
            _ => WriteAsync(http, Message.Reload(visitor.Address)),
        });
    }

    private async Task SendAsync(HttpContext http, Visitor visitor, string typed)
    {
        if (typed.Length > LongestPhone || Phones.Read(typed) is not { } number)
        {
            await WriteAsync(
                http, visitor with { Typed = null }, BindTexts.PhoneMalformed, StatusCodes.Status400BadRequest,
                typed.Length > LongestPhone ? "" : typed);
            return;
        }

        var outcome = await numbers.SendCodeAsync(visitor.Ticket, number, http.Connection.RemoteIpAddress!, http.RequestAborted);
        if (outcome is not SendOutcome.Sent)
        {
            var (fault, status) = s_unsent[outcome];
            await WriteAsync(http, visitor, fault, status, typed);
            return;
        }

        BrowserTexts.Keep(
            http, BindVisit.NumberOf(visitor.Visit.Name), tickets.Seal(new BindNumber(typed, clock.Now)), BindTicket.Lifetime);
        await http.SeeOther(visitor.Address);
    }

    private async Task BindAsync(HttpContext http, Visitor visitor, string typed, string typedCode)
    {
        var code = typedCode.Length > LongestCode ? "" : string.Concat(HalfWidth.Of(typedCode).Where(c => !char.IsWhiteSpace(c)));
        if (code.Length is not VerificationCodes.Digits || !code.All(char.IsAsciiDigit)) // a slip costs no try
        {
            await WriteAsync(http, visitor, BindTexts.CodeMalformed, StatusCodes.Status400BadRequest);
            return;
        }

        var outcome = await numbers.BindAsync(visitor.App, visitor.Ticket, Phones.Read(typed)!, code, http.RequestAborted);
        await (outcome switch
        {
            BindOutcome.Bound => GoOnAsync(http, visitor),
            BindOutcome.CodeInvalid => WriteAsync(http, visitor, BindTexts.CodeInvalid, StatusCodes.Status400BadRequest),
            BindOutcome.Taken => AskForAnotherAsync(http, visitor, BindTexts.Taken),
            BindOutcome.Recycled => AskForAnotherAsync(http, visitor, BindTexts.Recycled),
            BindOutcome.Busy => WriteAsync(http, BindTexts.Busy(visitor.Visit), StatusCodes.Status503ServiceUnavailable),
            _ => http.SeeOther(visitor.Address), // another request was first: the page says how things stand
        });
    }

    private static Task GoOnAsync(HttpContext http, Visitor visitor)
    {
        BrowserTexts.End(http, BindVisit.NumberOf(visitor.Visit.Name));
        return http.SeeOther(visitor.Visit.ReturnTo);
    }

    private static Task AskForNumberAsync(HttpContext http, Visitor visitor)
    {
        BrowserTexts.End(http, BindVisit.NumberOf(visitor.Visit.Name));
        return http.SeeOther(visitor.Address);
    }

    private Task AskForAnotherAsync(HttpContext http, Visitor visitor, Phrase fault)
    {
        BrowserTexts.End(http, BindVisit.NumberOf(visitor.Visit.Name));
        return WriteAsync(http, visitor with { Typed = null }, fault, StatusCodes.Status400BadRequest);
    }

    /// <summary>Null when there is nobody to ask, or nothing; the answer has then been written.</summary>
    private async ValueTask<Visitor?> BeginAsync(HttpContext http)
    {
        var text = http.Request.Query[PagePaths.Request].ToString();
        if (await tickets.UnsealAtAnyAgeAsync<BindVisit>(text, http.RequestAborted) is not { } visit
            || await apps.FindAsync(visit.AppId, http.RequestAborted) is not { IsEnabled: true } app)
        {
            await WriteAsync(http, BindTexts.Broken);
            return null;
        }

        if (clock.Now >= visit.ExpiresAt)
        {
            await WriteAsync(http, BindTexts.Over(visit));
            return null;
        }

        var ticket = await bindings.ReadAsync(BrowserTexts.Find(http, BindVisit.PersonOf(visit.Name)), http.RequestAborted);
        if (ticket is null || ticket.AppId != app.Id)
        {
            await WriteAsync(http, BindTexts.Over(visit));
            return null;
        }

        if (await bindings.FindAsync(app, ticket.Identity, http.RequestAborted) is not null) // here or elsewhere, a moment ago
        {
            await http.SeeOther(visit.ReturnTo);
            return null;
        }

        if (!await bindings.IsUnusedAsync(ticket, http.RequestAborted))
        {
            await WriteAsync(http, BindTexts.Over(visit));
            return null;
        }

        PageHeaders.LetFormsLeadOut(http.Response);
        var number = await tickets.UnsealAsync<BindNumber>(BrowserTexts.Find(http, BindVisit.NumberOf(visit.Name)), http.RequestAborted);
        return new Visitor(PagePaths.With(PagePaths.Bind, text), visit, app, ticket, number?.Typed);
    }

    private Task WriteAsync(
        HttpContext http, Visitor visitor, Phrase? fault = null, int status = StatusCodes.Status200OK, string typed = "") =>
        http.WritePageAsync<BindPage, BindForm>(
            new BindForm(
                visitor.App.Name, visitor.Address, forms.TokenFor(http), visitor.Typed is null ? null : Shown(visitor.Typed),
                visitor.Visit.ReturnTo, visitor.Visit.BeginAgain, typed, fault),
            status);

    private static Task WriteAsync(HttpContext http, Message notice, int status = StatusCodes.Status400BadRequest) =>
        http.WritePageAsync<MessagePage, Message>(notice, status);

    /// <summary>Whole: a person who mistyped their number has to see it.</summary>
    private static string Shown(string typed) => Phones.Read(typed) is { } number ? $"+{number.CallingCode} {number.National}" : typed;

    /// <summary>A person on the page.</summary>
    /// <param name="Typed">The number to which a code was sent; null while it is asked for.</param>
    private sealed record Visitor(string Address, BindVisit Visit, App App, BindTicket Ticket, string? Typed);
}
