using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.MyAccount;

/// <summary>GET and POST /account/password.</summary>
internal sealed class PasswordRoutes(
    InteractionLoader visits, PageForms forms, PasswordChange change, Sessions sessions, IOptions<SignInOptions> options)
{
    public const string Path = PagePaths.Account + "/password";

    private readonly Dictionary<PasswordChangeOutcome, (Phrase Fault, int Status)> _faults = new()
    {
        [PasswordChangeOutcome.Refused] = (PasswordTexts.Refused, StatusCodes.Status400BadRequest),
        [PasswordChangeOutcome.Unacceptable] = (PasswordTexts.Unacceptable, StatusCodes.Status400BadRequest),
        [PasswordChangeOutcome.Guessable] = (PasswordTexts.Guessable, StatusCodes.Status400BadRequest),
        [PasswordChangeOutcome.Same] = (PasswordTexts.Same, StatusCodes.Status400BadRequest),
        [PasswordChangeOutcome.LockedOut] = (LockoutTexts.For(options.Value.LockoutDuration), StatusCodes.Status429TooManyRequests),
    };

    public async Task ShowAsync(HttpContext http)
    {
        if (await forms.PersonAsync(http) is { } person)
            await WriteAsync(http, person, null, StatusCodes.Status200OK);
        else
            await http.SeeOther(visits.SignInFor(Path));
    }

    public async Task TakeAsync(HttpContext http)
    {
        if (await forms.PersonAsync(http) is not { } person)
        {
            await http.SeeOther(visits.SignInFor(Path));
            return;
        }

        if (await forms.ReadAsync(http) is not { } form)
        {
            await http.WritePageAsync<MessagePage, Message>(Message.Reload(Path), StatusCodes.Status400BadRequest);
            return;
        }

        var chosen = form["chosen"].ToString();
        if (chosen != form["again"].ToString())
        {
            await WriteAsync(http, person, PasswordTexts.Different, StatusCodes.Status400BadRequest);
            return;
        }

        var outcome = await change.ChangeAsync(person.Account.Id, form["old"].ToString(), chosen, http.RequestAborted);
        if (_faults.TryGetValue(outcome, out var fault))
        {
            await WriteAsync(http, person, fault.Fault, fault.Status);
            return;
        }

        await sessions.EndAsync(http, http.RequestAborted); // it has ended with all others; this takes the cookie
        await http.WritePageAsync<MessagePage, Message>(
            new Message(PasswordTexts.ChangedTitle, PasswordTexts.Changed, PagePaths.Account, PasswordTexts.SignIn));
    }

    private Task WriteAsync(HttpContext http, SignedIn person, Phrase? fault, int status) =>
        http.WritePageAsync<PasswordPage, PasswordForm>(new PasswordForm(person.Account.Name, forms.TokenFor(http), fault), status);
}
