using Microsoft.AspNetCore.WebUtilities;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.Consenting;

/// <summary>GET and POST /consent.</summary>
internal sealed class ConsentRoutes(
    InteractionLoader visits, PageForms forms, IConsentStore consents, Decisions decisions, SurfaceProfiles profiles, IAppClock clock)
{
    public async Task ShowAsync(HttpContext http)
    {
        if (await BeginAsync(http) is var (visit, person))
            await WriteAsync(http, visit, person);
    }

    public async Task TakeAsync(HttpContext http)
    {
        if (await BeginAsync(http) is not var (visit, person))
            return;

        if (await forms.ReadAsync(http) is not { } form || !Enum.TryParse<Verdict>(form["verdict"], out var verdict)
            || !Enum.IsDefined(verdict))
        {
            await RefuseAsync(http, Message.Reload(visit.At(PagePaths.Consent)));
            return;
        }

        if (verdict is not Verdict.Refuse)
        {
            if (!(verdict is Verdict.OneTap ? OffersOneTap(visit, person) : visit.Interaction.PlainScopes.Any()))
            {
                await WriteAsync(http, visit, person, ConsentTexts.ButtonMissing);
                return;
            }

            if (!TryChoosePhone(visit.Interaction, person.Account, form, out var phone))
            {
                await WriteAsync(http, visit, person, ConsentTexts.PhoneMissing);
                return;
            }

            await RememberAsync(visit, person, verdict is Verdict.OneTap ? visit.Interaction.Scopes : visit.Interaction.PlainScopes, phone,
                http.RequestAborted);
        }

        // A consent is found where it is remembered; what holds for this request alone has to be carried there.
        var returnTo = visit.Interaction.ReturnTo;
        await http.SeeOther(verdict is Verdict.Allow && visit.Interaction is { OffersOneTap: false, WantsVerdict: false }
            ? returnTo
            : QueryHelpers.AddQueryString(returnTo, PagePaths.Decision, decisions.Seal(verdict, person.Session.GrantId, returnTo)));
    }

    /// <summary>Null when there is nobody to ask, or nothing; the answer has then been written.</summary>
    private async ValueTask<(Visit Visit, SignedIn Person)?> BeginAsync(HttpContext http)
    {
        if (await visits.FindAsync(http) is not { App: not null } visit)
        {
            await RefuseAsync(http, await visits.WhyNobodyAsync(http));
            return null;
        }

        if (await forms.PersonAsync(http) is { } person)
            return (visit, person);

        await http.SeeOther(visit.At(PagePaths.SignIn));
        return null;
    }

    private async Task RememberAsync(Visit visit, SignedIn person, IEnumerable<string> scopes, long? phone, CancellationToken ct) =>
        await consents.AddAsync(new Consent(person.Account.Id, visit.App!.Id, [.. scopes], phone, clock.NowFor(visit.App!.Id))
        {
            AskedForPhone = visit.Interaction.AsksForPhone,
        }, ct);

    private async Task WriteAsync(HttpContext http, Visit visit, SignedIn person, Phrase? fault = null)
    {
        var before = await consents.FindAsync(person.Account.Id, visit.App!.Id, http.RequestAborted);
        await http.WritePageAsync<ConsentPage, ConsentForm>(
            new ConsentForm(
                visit.App!.Name,
                person.Account.ShownName,
                visit.At(PagePaths.Consent),
                visit.At(PagePaths.SignOut),
                forms.TokenFor(http),
                visit.Interaction.IsTouch,
                RequestedScopes.Of(profiles, visit.App!, OfferedTo(visit, person), before),
                visit.Interaction.AsksForPhone ? SharedPhone.Choices(profiles, person.Account, before) : null,
                OffersOneTap(visit, person) ? Masked.Phone(person.Account.ProvedPhone!) : null,
                visit.Interaction.PlainScopes.Any(),
                fault),
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    /// <summary>What only the button gives is not offered to a person who has no number for it.</summary>
    private static IEnumerable<string> OfferedTo(Visit visit, SignedIn person) =>
        OffersOneTap(visit, person) ? visit.Interaction.Scopes : visit.Interaction.PlainScopes;

    private static bool OffersOneTap(Visit visit, SignedIn person) =>
        visit.Interaction.OffersOneTap && person.Account.ProvedPhone is not null;

    private static bool TryChoosePhone(Interaction interaction, Account account, IFormCollection form, out long? phone)
    {
        phone = null;
        return !interaction.AsksForPhone || SharedPhone.TryRead(form, account, out phone);
    }

    private static Task RefuseAsync(HttpContext http, Message notice) =>
        http.WritePageAsync<MessagePage, Message>(notice, StatusCodes.Status400BadRequest);
}
