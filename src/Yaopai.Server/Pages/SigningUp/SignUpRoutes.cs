using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.SigningUp;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forgotten;
using Yaopai.Server.Pages.Forms;
using Yaopai.Server.Pages.MyAccount;

namespace Yaopai.Server.Pages.SigningUp;

/// <summary>GET and POST /sign-up: an account of one's own, for a proved number or mail address. Whether a number has one, the page does
/// not say.</summary>
internal sealed class SignUpRoutes(
    InteractionLoader visits, PageForms forms, SignUp signUp, MessagePost post, Sessions sessions, HybridClock hybrid, Tickets tickets,
    IAppClock clock, IOptions<SignInOptions> options)
{
    public const string StepField = "step", ContactField = "contact", CodeField = "code", NameField = "name";
    public const string ChosenField = "chosen", AgainField = "again";

    public const string Send = "send", SendAgain = "send-again", Other = "other", Create = "create";

    public const int LongestContact = 254;

    private readonly Dictionary<SignUpOutcome, (Phrase Fault, int Status)> _faults = new()
    {
        [SignUpOutcome.CodeInvalid] = (ForgottenTexts.CodeInvalid, StatusCodes.Status400BadRequest),
        [SignUpOutcome.NameMalformed] = (SignUpTexts.NameMalformed, StatusCodes.Status400BadRequest),
        [SignUpOutcome.NameTaken] = (SignUpTexts.NameTaken, StatusCodes.Status400BadRequest),
        [SignUpOutcome.Unacceptable] = (PasswordTexts.Unacceptable, StatusCodes.Status400BadRequest),
        [SignUpOutcome.Guessable] = (PasswordTexts.Guessable, StatusCodes.Status400BadRequest),
        [SignUpOutcome.LockedOut] = (LockoutTexts.For(options.Value.LockoutDuration), StatusCodes.Status429TooManyRequests),
    };

    /// <summary>Whether people may make accounts, and there is a way to prove anything.</summary>
    public bool IsOpen => signUp.IsOn && (post.Reaches(byMail: false) || post.Reaches(byMail: true));

    public async Task ShowAsync(HttpContext http)
    {
        if (await BeginAsync(http) is { } visitor)
            await WriteAsync(http, visitor);
    }

    public async Task TakeAsync(HttpContext http)
    {
        if (await BeginAsync(http) is not { } visitor)
            return;

        var form = await forms.ReadAsync(http);
        await (form?[StepField].ToString() switch
        {
            Send => SendAsync(http, visitor, form[ContactField].ToString().Trim()),
            SendAgain when visitor.Asked is { } typed => SendAsync(http, visitor, typed),
            Create when visitor.Asked is { } typed => CreateAsync(http, visitor, typed, form),
            SendAgain or Create or Other => BeginAgainAsync(http, visitor),
            _ => http.WritePageAsync<MessagePage, Message>(Message.Reload(visitor.Address), StatusCodes.Status400BadRequest),
        });
    }

    private async Task SendAsync(HttpContext http, Visitor visitor, string typed)
    {
        if (typed.Length > LongestContact || SignUpContact.Read(typed) is not { } contact || !post.Reaches(contact.IsMail))
        {
            await WriteAsync(
                http, visitor with { Asked = null }, SignUpTexts.Malformed, StatusCodes.Status400BadRequest,
                typed.Length > LongestContact ? "" : typed);
            return;
        }

        if (!await signUp.TrySendAsync(contact, http.Connection.RemoteIpAddress!, http.RequestAborted))
        {
            await WriteAsync(http, visitor, SignUpTexts.Throttled, StatusCodes.Status429TooManyRequests, typed);
            return;
        }

        http.Response.Cookies.Append(
            NameFor(http.Request), tickets.Seal(new SignUpVisit(BrowserId.Remember(http), typed, clock.Now)),
            OwnCookies.Options(http.Request, SignUpVisit.Lifetime));
        await http.SeeOther(visitor.Address);
    }

    private async Task CreateAsync(HttpContext http, Visitor visitor, string typed, IFormCollection form)
    {
        var (code, chosen) = (VerificationCodes.Read(form[CodeField].ToString()), form[ChosenField].ToString());
        var name = form[NameField].ToString().Trim();
        if (code is "" || chosen != form[AgainField].ToString())
        {
            var slip = code is "" ? ForgottenTexts.CodeMalformed : PasswordTexts.Different;
            await WriteAsync(http, visitor, slip, StatusCodes.Status400BadRequest, name: name);
            return;
        }

        var validSince = await hybrid.NowAsync(http.RequestAborted);
        var (outcome, account) = await signUp.CreateAsync(
            SignUpContact.Read(typed)!, code, name, chosen, http.Connection.RemoteIpAddress!, http.RequestAborted);
        if (account is null)
        {
            var (fault, status) = _faults[outcome];
            await WriteAsync(http, visitor, fault, status, name: name);
            return;
        }

        http.Response.Cookies.Delete(NameFor(http.Request), OwnCookies.Options(http.Request));
        await sessions.BeginAsync(http, account, validSince);
        await http.SeeOther(visitor.Visit?.Interaction.ReturnTo ?? PagePaths.Account);
    }

    private static Task BeginAgainAsync(HttpContext http, Visitor visitor)
    {
        http.Response.Cookies.Delete(NameFor(http.Request), OwnCookies.Options(http.Request));
        return http.SeeOther(visitor.Address);
    }

    /// <summary>Null where nobody signs up; the answer has then been written.</summary>
    private async ValueTask<Visitor?> BeginAsync(HttpContext http)
    {
        if (!IsOpen)
        {
            await http.WritePageAsync<MessagePage, Message>(
                new Message(SignUpTexts.ClosedTitle, SignUpTexts.Closed), StatusCodes.Status404NotFound);
            return null;
        }

        await forms.PersonAsync(http);
        var visit = await visits.FindAsync(http);
        var asked = await tickets.UnsealAsync<SignUpVisit>(http.Request.Cookies[NameFor(http.Request)] ?? "", http.RequestAborted);
        return new Visitor(
            visit, visit?.At(PagePaths.SignUp) ?? PagePaths.SignUp, visit?.At(PagePaths.SignIn) ?? PagePaths.Account,
            asked?.Browser == BrowserId.Of(http.Request) ? asked?.Typed : null);
    }

    private Task WriteAsync(
        HttpContext http, Visitor visitor, Phrase? fault = null, int status = StatusCodes.Status200OK, string typed = "",
        string name = "") =>
        http.WritePageAsync<SignUpPage, SignUpForm>(
            new SignUpForm(
                visitor.Visit?.App?.Name, visitor.Address, forms.TokenFor(http),
                visitor.Asked is { } asked ? SignUpContact.Read(asked)?.To : null, typed, name, visitor.SignIn,
                post.Reaches(byMail: false), post.Reaches(byMail: true), fault),
            status);

    private static string NameFor(HttpRequest request) => OwnCookies.NameOf(request, "sign-up");

    /// <param name="Visit">The request that sent the person here; null where none did.</param>
    /// <param name="Address">Of this page.</param>
    /// <param name="Asked">The number or address to which a code was sent; null while it is asked for.</param>
    private sealed record Visitor(Visit? Visit, string Address, string SignIn, string? Asked);
}
