using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Devices;
using Yaopai.Server.Accounts.SecondFactors;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.MyAccount;

/// <summary>GET and POST /account — what a person allowed to whom, and how to take it back.</summary>
internal sealed class MyAccountRoutes(
    InteractionLoader visits, PageForms forms, IConsentStore consents, AppDirectory apps, Withdrawal withdrawal, SurfaceProfiles profiles,
    SecondFactors factors, Sessions sessions, OpenSessions open)
{
    /// <summary>What has just been done, for the page that follows: <c>/account?done=withdrawn</c>.</summary>
    public const string Done = "done";

    public async Task ShowAsync(HttpContext http)
    {
        if (await forms.PersonAsync(http) is not { } person)
        {
            await http.SeeOther(visits.SignInFor(PagePaths.Account));
            return;
        }

        await http.WritePageAsync<MyAccountPage, MyAccount>(new MyAccount(
            person.Account.ShownName,
            person.Account.BoundPhone is { } phone ? $"+{phone.CallingCode} {Masked.Phone(phone)}" : null,
            await factors.IsOnAsync(person.Account.Id, http.RequestAborted),
            await GrantedAsync(person.Account, http.RequestAborted),
            await SessionsAsync(person, http.RequestAborted),
            forms.TokenFor(http),
            MyAccountTexts.Done(http.Request.Query[Done].ToString())));
    }

    /// <summary>The page may have been open twice; nothing is stored for an app that is allowed nothing.</summary>
    public async Task TakeAsync(HttpContext http)
    {
        if (await forms.PersonAsync(http) is not { } person)
        {
            await http.SeeOther(visits.SignInFor(PagePaths.Account));
            return;
        }

        if (await forms.ReadAsync(http) is not { } form || !long.TryParse(form["app"], out var appId))
        {
            await http.WritePageAsync<MessagePage, Message>(Message.Reload(PagePaths.Account), StatusCodes.Status400BadRequest);
            return;
        }

        var isGranted = await consents.FindAsync(person.Account.Id, appId, http.RequestAborted) is not null;
        if (isGranted)
            await withdrawal.TryWithdrawAsync(person.Account.Id, appId, http.RequestAborted);
        await http.SeeOther($"{PagePaths.Account}?{Done}={(isGranted ? "withdrawn" : "nothing")}");
    }

    private async Task<IReadOnlyList<SessionShown>> SessionsAsync(SignedIn person, CancellationToken ct)
    {
        var shown = new List<SessionShown>();
        foreach (var session in await sessions.ListAsync(person.Account.Id, ct))
        {
            var place = await open.PlaceOfAsync(session, ct);
            shown.Add(new SessionShown(
                session.Id, AgentWords.Of(place?.Agent ?? ""), place?.Address ?? "", session.BeganAt,
                IsThis: session.Id == person.Session.GrantId));
        }

        return shown;
    }

    private async Task<IReadOnlyList<GrantedApp>> GrantedAsync(Account account, CancellationToken ct)
    {
        var granted = new List<GrantedApp>();
        foreach (var consent in await consents.ListAsync(account.Id, ct))
        {
            // An app that is gone has nothing left that could be taken back, but its row can go.
            var name = (await apps.FindAsync(consent.AppId, ct))?.Name ?? consent.AppId.ToString();
            var phone = account.Phones.FirstOrDefault(phone => phone.Id == consent.PhoneId);
            granted.Add(new GrantedApp(
                consent.AppId, name, [.. consent.Scopes.Select(profiles.TextOf)],
                phone is null ? null : $"+{phone.CallingCode} {Masked.Phone(phone)}", consent.GrantedAt));
        }

        return granted;
    }
}
