using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;
using Yaopai.Server.Pages.SigningUp;

namespace Yaopai.Server.Pages.SigningIn;

/// <summary>GET and POST /sign-in, GET and POST /sign-out.</summary>
internal sealed class SignInRoutes(
    InteractionLoader visits, PageForms forms, SignIn signIn, HalfSignIns halves, Sessions sessions, HybridClock clock,
    SignUpRoutes signUp, MessagePost post,
    IOptions<SignInOptions> options)
{
    private readonly Dictionary<SignInOutcome, (Phrase Fault, int Status)> _faults = new()
    {
        [SignInOutcome.Refused] = (SignInTexts.Refused, StatusCodes.Status400BadRequest),
        [SignInOutcome.LockedOut] = (LockoutTexts.For(options.Value.LockoutDuration), StatusCodes.Status429TooManyRequests),
        [SignInOutcome.Disabled] = (SignInTexts.Disabled, StatusCodes.Status403Forbidden),
    };

    public async Task ShowAsync(HttpContext http)
    {
        if (await visits.FindAsync(http) is not { } visit)
        {
            await WriteAsync(http, await visits.WhyNobodyAsync(http));
            return;
        }

        BrowserId.Remember(http);
        await (await forms.PersonAsync(http) is { } person && visit.Interaction.IsContentWith(person.Session)
            ? http.SeeOther(visit.Interaction.ReturnTo)
            : WriteAsync(http, visit));
    }

    public async Task TakeAsync(HttpContext http)
    {
        if (await visits.FindAsync(http) is not { } visit)
        {
            await WriteAsync(http, await visits.WhyNobodyAsync(http));
            return;
        }

        var person = await forms.PersonAsync(http);
        if (await forms.ReadAsync(http) is not { } form)
        {
            await (await IsTheSameAsync(http, visit, person)
                ? http.SeeOther(visit.Interaction.ReturnTo)
                : WriteAsync(http, Message.Reload(visit.At(PagePaths.SignIn))));
            return;
        }

        var login = form["login"].ToString().Trim();
        var attempt = new SignInAttempt(login, form["password"].ToString(), http.Connection.RemoteIpAddress!, BrowserId.Of(http.Request));
        var validSince = await clock.NowAsync(http.RequestAborted);
        var (outcome, account) = await signIn.TryPasswordAsync(attempt, http.RequestAborted);
        if (account is null)
        {
            await WriteAsync(http, visit, login, outcome);
            return;
        }

        if (outcome is SignInOutcome.CodeAsked)
        {
            halves.Begin(http, account, validSince);
            await http.SeeOther(visit.At(CodeRoutes.Path));
            return;
        }

        await sessions.BeginAsync(http, account, validSince);
        await http.SeeOther(visit.Interaction.ReturnTo);
    }

    /// <summary>Back to where another person can sign in, or to a word that it is done.</summary>
    public async Task SignOutAsync(HttpContext http)
    {
        var visit = await visits.FindAsync(http);
        await forms.PersonAsync(http);
        if (await forms.ReadAsync(http) is null)
        {
            await WriteAsync(http, Message.Reload(visit is null ? PagePaths.Account : visit.At(PagePaths.Consent)));
            return;
        }

        await sessions.EndAsync(http, http.RequestAborted);
        await http.SeeOther(visit is null ? PagePaths.SignOut : visit.At(PagePaths.SignIn));
    }

    /// <summary>A message that it is done, for a person who is signed out; for others the way back,
    /// in the language that was asked for meanwhile.</summary>
    public async Task ShowSignedOutAsync(HttpContext http)
    {
        var visit = await visits.FindAsync(http);
        if (visit is null && await forms.PersonAsync(http) is null)
        {
            await http.WritePageAsync<MessagePage, Message>(Message.SignedOut);
            return;
        }

        Language.Remember(http);
        await http.SeeOther(visit is null ? PagePaths.Account : visit.At(PagePaths.SignIn));
    }

    /// <summary>A second tab that was opened before somebody signed in in the first, and names the same person: the page would send them
    /// on, too. Whoever names somebody else has to see first who is signed in.</summary>
    private async ValueTask<bool> IsTheSameAsync(HttpContext http, Visit visit, SignedIn? person) =>
        person is not null && visit.Interaction.IsContentWith(person.Session)
        && await forms.ReadFromBeforeAsync(http) is { } form
        && await signIn.IsLoginOfAsync(form["login"].ToString(), person.Account.Id, http.RequestAborted);

    private Task WriteAsync(HttpContext http, Visit visit, string login = "", SignInOutcome outcome = SignInOutcome.SignedIn)
    {
        var (fault, status) = outcome is SignInOutcome.SignedIn ? ((Phrase?)null, StatusCodes.Status200OK) : _faults[outcome];
        return http.WritePageAsync<SignInPage, SignInForm>(
            new SignInForm(
                visit.App?.Name, visit.At(PagePaths.SignIn), forms.TokenFor(http), visit.Interaction.IsTouch,
                post.Reaches(byMail: false) || post.Reaches(byMail: true) ? visit.At(PagePaths.Forgotten) : null,
                signUp.IsOpen ? visit.At(PagePaths.SignUp) : null, login, fault),
            status);
    }

    private static Task WriteAsync(HttpContext http, Message notice) =>
        http.WritePageAsync<MessagePage, Message>(notice, StatusCodes.Status400BadRequest);
}
