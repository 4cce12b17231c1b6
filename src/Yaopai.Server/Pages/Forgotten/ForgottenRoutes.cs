using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Recovery;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;
using Yaopai.Server.Pages.MyAccount;

namespace Yaopai.Server.Pages.Forgotten;

/// <summary>GET and POST /forgotten: another password by a code. Whether there is an account, the page does not say.</summary>
internal sealed class ForgottenRoutes(
    InteractionLoader visits, PageForms forms, PasswordReset reset, MessagePost post, Tickets tickets, IAppClock clock,
    IOptions<SignInOptions> options)
{
    public const string StepField = "step", LoginField = "login", WayField = "way", CodeField = "code";
    public const string ChosenField = "chosen", AgainField = "again";

    public const string Send = "send", SendAgain = "send-again", Other = "other", Set = "set";

    private const int LongestLogin = 128;

    private readonly Dictionary<ResetOutcome, (Phrase Fault, int Status)> _faults = new()
    {
        [ResetOutcome.CodeInvalid] = (ForgottenTexts.CodeInvalid, StatusCodes.Status400BadRequest),
        [ResetOutcome.Unacceptable] = (PasswordTexts.Unacceptable, StatusCodes.Status400BadRequest),
        [ResetOutcome.Guessable] = (PasswordTexts.Guessable, StatusCodes.Status400BadRequest),
        [ResetOutcome.LockedOut] = (LockoutTexts.For(options.Value.LockoutDuration), StatusCodes.Status429TooManyRequests),
    };

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
            Send => SendAsync(http, visitor, form[LoginField].ToString().Trim(), WayOf(form[WayField].ToString())),
            SendAgain when visitor.Asked is { } asked => SendAsync(http, visitor, asked.Login, asked.Way),
            Set when visitor.Asked is { } asked => SetAsync(http, visitor, asked, form),
            SendAgain or Set or Other => BeginAgainAsync(http, visitor),
            _ => http.WritePageAsync<MessagePage, Message>(Message.Reload(visitor.Address), StatusCodes.Status400BadRequest),
        });
    }

    private async Task SendAsync(HttpContext http, Visitor visitor, string login, CodeWay way)
    {
        if (login.Length is 0 or > LongestLogin)
        {
            await WriteAsync(http, visitor with { Asked = null }, ForgottenTexts.LoginMissing, StatusCodes.Status400BadRequest);
            return;
        }

        var asked = new ForgottenVisit(BrowserId.Remember(http), login, way, clock.Now);
        if (!await reset.TrySendAsync(login, way, http.Connection.RemoteIpAddress!, http.RequestAborted))
        {
            var here = visitor.Asked is null ? visitor with { Typed = asked } : visitor;
            await WriteAsync(http, here, ForgottenTexts.Throttled, StatusCodes.Status429TooManyRequests);
            return;
        }

        http.Response.Cookies.Append(
            NameFor(http.Request), tickets.Seal(asked), OwnCookies.Options(http.Request, ForgottenVisit.Lifetime));
        await http.SeeOther(visitor.Address);
    }

    private async Task SetAsync(HttpContext http, Visitor visitor, ForgottenVisit asked, IFormCollection form)
    {
        var (code, chosen) = (VerificationCodes.Read(form[CodeField].ToString()), form[ChosenField].ToString());
        if (code is "" || chosen != form[AgainField].ToString())
        {
            var slip = code is "" ? ForgottenTexts.CodeMalformed : PasswordTexts.Different;
            await WriteAsync(http, visitor, slip, StatusCodes.Status400BadRequest);
            return;
        }

        var outcome = await reset.ResetAsync(
            asked.Login, asked.Way, code, chosen, http.Connection.RemoteIpAddress!, http.RequestAborted);
        if (_faults.TryGetValue(outcome, out var fault))
        {
            await WriteAsync(http, visitor, fault.Fault, fault.Status);
            return;
        }

        http.Response.Cookies.Delete(NameFor(http.Request), OwnCookies.Options(http.Request));
        await http.WritePageAsync<MessagePage, Message>(
            new Message(ForgottenTexts.DoneTitle, ForgottenTexts.Done, visitor.SignIn, ForgottenTexts.SignIn));
    }

    private static Task BeginAgainAsync(HttpContext http, Visitor visitor)
    {
        http.Response.Cookies.Delete(NameFor(http.Request), OwnCookies.Options(http.Request));
        return http.SeeOther(visitor.Address);
    }

    /// <summary>Null where no code can be sent to anybody; the answer has then been written.</summary>
    private async ValueTask<Visitor?> BeginAsync(HttpContext http)
    {
        if (!post.Reaches(byMail: false) && !post.Reaches(byMail: true))
        {
            await http.WritePageAsync<MessagePage, Message>(
                new Message(ForgottenTexts.ClosedTitle, ForgottenTexts.Closed), StatusCodes.Status404NotFound);
            return null;
        }

        await forms.PersonAsync(http);
        var visit = await visits.FindAsync(http);
        var asked = await tickets.UnsealAsync<ForgottenVisit>(http.Request.Cookies[NameFor(http.Request)] ?? "", http.RequestAborted);
        return new Visitor(
            visit?.At(PagePaths.Forgotten) ?? PagePaths.Forgotten, visit?.At(PagePaths.SignIn) ?? PagePaths.Account,
            asked?.Browser == BrowserId.Of(http.Request) ? asked : null);
    }

    private Task WriteAsync(HttpContext http, Visitor visitor, Phrase? fault = null, int status = StatusCodes.Status200OK)
    {
        var typed = visitor.Typed ?? visitor.Asked;
        var isSent = visitor is { Asked: not null, Typed: null };
        return http.WritePageAsync<ForgottenPage, ForgottenForm>(
            new ForgottenForm(
                visitor.Address, forms.TokenFor(http), isSent ? [] : WaysFor(typed?.Way), typed?.Login ?? "", isSent, visitor.SignIn,
                fault),
            status);
    }

    private IReadOnlyList<WayShown> WaysFor(CodeWay? chosen)
    {
        CodeWay[] ways = [.. Enum.GetValues<CodeWay>().Where(way => post.Reaches(byMail: way is CodeWay.Mail))];
        return
        [
            .. ways.Select(way => new WayShown(
                ValueOf(way), way is CodeWay.Mail ? ForgottenTexts.ByMail : ForgottenTexts.ByPhone, way == (chosen ?? ways[0]))),
        ];
    }

    private static string ValueOf(CodeWay way) => way is CodeWay.Mail ? "mail" : "phone";

    private static CodeWay WayOf(string value) => value == ValueOf(CodeWay.Mail) ? CodeWay.Mail : CodeWay.Phone;

    private static string NameFor(HttpRequest request) => OwnCookies.NameOf(request, "forgotten");

    /// <param name="Address">Of this page, for the request that sent the person here if there is one.</param>
    /// <param name="Asked">Whose code was asked for; null while that is asked.</param>
    private sealed record Visitor(string Address, string SignIn, ForgottenVisit? Asked)
    {
        /// <summary>What was typed, where no code was sent for it.</summary>
        public ForgottenVisit? Typed { get; init; }
    }
}
