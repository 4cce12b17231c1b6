using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.SecondFactors;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.SigningIn;

/// <summary>GET and POST /sign-in/code: the second step, for somebody whose password was right a moment ago.</summary>
internal sealed class CodeRoutes(
    InteractionLoader visits, PageForms forms, HalfSignIns halves, SignIn signIn, SecondFactors factors, Sessions sessions,
    IOptions<SignInOptions> options)
{
    public const string Path = PagePaths.SignIn + "/code";
    public const string CodeField = "code";

    private readonly Dictionary<SignInOutcome, (Phrase Fault, int Status)> _faults = new()
    {
        [SignInOutcome.Refused] = (CodeTexts.Refused, StatusCodes.Status400BadRequest),
        [SignInOutcome.LockedOut] = (LockoutTexts.For(options.Value.LockoutDuration), StatusCodes.Status429TooManyRequests),
        [SignInOutcome.Disabled] = (SignInTexts.Disabled, StatusCodes.Status403Forbidden),
    };

    public async Task ShowAsync(HttpContext http)
    {
        if (await BeginAsync(http) is not var (visit, _))
            return;

        await WriteAsync(http, visit, null, StatusCodes.Status200OK);
    }

    public async Task TakeAsync(HttpContext http)
    {
        if (await BeginAsync(http) is not var (visit, half))
            return;

        if (await forms.ReadAsync(http) is not { } form)
        {
            await http.WritePageAsync<MessagePage, Message>(Message.Reload(visit.At(Path)), StatusCodes.Status400BadRequest);
            return;
        }

        var (outcome, account) = await signIn.TryCodeAsync(
            new CodeAttempt(
                half.AccountId, form[CodeField].ToString(), http.Connection.RemoteIpAddress!, BrowserId.Of(http.Request), IsSignIn: true),
            http.RequestAborted);
        if (account is null)
        {
            var (fault, status) = _faults[outcome];
            await WriteAsync(http, visit, fault, status);
            return;
        }

        HalfSignIns.End(http);
        await sessions.BeginAsync(http, account, half.ValidSince);
        await http.SeeOther(visit.Interaction.ReturnTo);
    }

    /// <summary>Null where nobody is to be asked; the answer has then been written. Whoever has nothing half done begins at the first
    /// step, which sends on who is signed in.</summary>
    private async ValueTask<(Visit Visit, HalfSignIn Half)?> BeginAsync(HttpContext http)
    {
        if (await visits.FindAsync(http) is not { } visit)
        {
            await http.WritePageAsync<MessagePage, Message>(await visits.WhyNobodyAsync(http), StatusCodes.Status400BadRequest);
            return null;
        }

        await forms.PersonAsync(http);
        if (await halves.FindAsync(http, visit.Interaction) is not { } half
            || !await factors.IsOnAsync(half.AccountId, http.RequestAborted))
        {
            HalfSignIns.End(http);
            await http.SeeOther(visit.At(PagePaths.SignIn));
            return null;
        }

        return (visit, half);
    }

    private Task WriteAsync(HttpContext http, Visit visit, Phrase? fault, int status) => http.WritePageAsync<CodePage, CodeForm>(
        new CodeForm(
            visit.App?.Name, visit.At(Path), visit.At(PagePaths.SignIn), forms.TokenFor(http), visit.Interaction.IsTouch, fault),
        status);
}
