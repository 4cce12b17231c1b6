using System.Text;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.SecondFactors;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;
using Yaopai.Server.Pages.SigningIn;

namespace Yaopai.Server.Pages.MyAccount.SecondFactor;

/// <summary>GET and POST /account/second-factor: turns it on and off. For a person who signed in a moment ago: whoever finds a browser
/// open, or has stolen a session, shuts nobody out.</summary>
internal sealed class SecondFactorRoutes(
    InteractionLoader visits, PageForms forms, SecondFactors factors, SignIn signIn, Sessions sessions, Tickets tickets, IAppClock clock,
    IOptions<SignInOptions> options)
{
    public const string Path = PagePaths.Account + "/second-factor";
    public const string StepField = "step", CodeField = "code", SetupField = "setup";
    public const string On = "on", Renew = "renew", Off = "off";

    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(10);

    private readonly Dictionary<SignInOutcome, (Phrase Fault, int Status)> _faults = new()
    {
        [SignInOutcome.Refused] = (CodeTexts.Refused, StatusCodes.Status400BadRequest),
        [SignInOutcome.LockedOut] = (LockoutTexts.For(options.Value.LockoutDuration), StatusCodes.Status429TooManyRequests),
        [SignInOutcome.Disabled] = (SignInTexts.Disabled, StatusCodes.Status403Forbidden),
    };

    public async Task ShowAsync(HttpContext http)
    {
        if (await BeginAsync(http) is { } person)
            await WriteAsync(http, person);
    }

    public async Task TakeAsync(HttpContext http)
    {
        if (await BeginAsync(http) is not { } person)
            return;

        var form = await forms.ReadAsync(http);
        await (form?[StepField].ToString() switch
        {
            On => TurnOnAsync(http, person, form[SetupField].ToString(), form[CodeField].ToString()),
            Renew => WithCodeAsync(http, person, form[CodeField].ToString(), () => RenewAsync(http, person.Account.Id)),
            Off => WithCodeAsync(http, person, form[CodeField].ToString(), () => TurnOffAsync(http, person.Account.Id)),
            _ => http.WritePageAsync<MessagePage, Message>(Message.Reload(Path), StatusCodes.Status400BadRequest),
        });
    }

    private async Task TurnOnAsync(HttpContext http, SignedIn person, string ticket, string code)
    {
        if (await tickets.UnsealAsync<SecondFactorSetup>(ticket, http.RequestAborted) is not { } setup
            || setup.AccountId != person.Account.Id || setup.SessionId != person.Session.GrantId)
        {
            await http.WritePageAsync<MessagePage, Message>(Message.Reload(Path), StatusCodes.Status400BadRequest);
            return;
        }

        if (await factors.TryTurnOnAsync(person.Account.Id, setup.Secret, code, http.RequestAborted) is { } codes)
        {
            await sessions.EndOthersAsync(person, http.RequestAborted); // they were begun without it
            await ShowAsync(http, codes, isNew: true);
            return;
        }

        await WriteAsync(http, person, SecondFactorTexts.NotConfirmed, StatusCodes.Status400BadRequest, setup);
    }

    private async Task WithCodeAsync(HttpContext http, SignedIn person, string code, Func<Task> act)
    {
        var attempt = new CodeAttempt(
            person.Account.Id, code, http.Connection.RemoteIpAddress!, BrowserId.Of(http.Request), IsSignIn: false);
        var (outcome, _) = await signIn.TryCodeAsync(attempt, http.RequestAborted);
        if (outcome is SignInOutcome.SignedIn)
            await act();
        else
            await WriteAsync(http, person, _faults[outcome].Fault, _faults[outcome].Status);
    }

    private async Task RenewAsync(HttpContext http, long accountId)
    {
        if (await factors.RenewRecoveryCodesAsync(accountId, http.RequestAborted) is { } codes)
            await ShowAsync(http, codes, isNew: false);
        else
            await http.SeeOther(Path); // turned off elsewhere: the page says how things stand
    }

    private async Task TurnOffAsync(HttpContext http, long accountId)
    {
        await factors.TryTurnOffAsync(accountId, http.RequestAborted);
        await http.SeeOther($"{PagePaths.Account}?{MyAccountRoutes.Done}=second-factor-off");
    }

    /// <summary>Null where somebody has to sign in first; the answer has then been written.</summary>
    private async ValueTask<SignedIn?> BeginAsync(HttpContext http)
    {
        var person = await forms.PersonAsync(http);
        if (person is not null && clock.Now - person.Session.IssuedAt <= s_fresh)
            return person;

        await http.SeeOther(visits.SignInFor(Path, anew: true));
        return null;
    }

    private static Task ShowAsync(HttpContext http, IReadOnlyList<string> codes, bool isNew) =>
        http.WritePageAsync<RecoveryCodesPage, RecoveryCodesShown>(new RecoveryCodesShown(codes, isNew));

    /// <param name="setup">The secret that was shown before; null for another one.</param>
    private async Task WriteAsync(
        HttpContext http, SignedIn person, Phrase? fault = null, int status = StatusCodes.Status200OK, SecondFactorSetup? setup = null)
    {
        var factor = await factors.FindAsync(person.Account.Id, http.RequestAborted);
        var form = new SecondFactorForm(
            forms.TokenFor(http),
            factor is null ? Shown(person, setup ?? New(person)) : null,
            factor is null ? null : new StateShown(factor.Since, factor.RecoveryCodes),
            fault);
        await http.WritePageAsync<SecondFactorPage, SecondFactorForm>(form, status);
    }

    private SecondFactorSetup New(SignedIn person) =>
        new(person.Account.Id, person.Session.GrantId, TimeCode.NewSecret(), clock.Now);

    private SetupShown Shown(SignedIn person, SecondFactorSetup setup)
    {
        var address = factors.AddressOf(setup.Secret, person.Account);
        var picture = Convert.ToBase64String(Encoding.UTF8.GetBytes(QrDrawing.Svg(address, label: "")));
        return new(
            $"data:{QrDrawing.ContentType};base64,{picture}", address,
            string.Join(' ', TimeCode.TextOf(setup.Secret).Chunk(4).Select(four => new string(four))), tickets.Seal(setup));
    }
}
