using Microsoft.AspNetCore.WebUtilities;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Grants;
using Yaopai.Server.Pages.Forms;
using Yaopai.Server.Protocol;

namespace Yaopai.Server.Pages.Consenting;

/// <summary>GET and POST /consent.</summary>
internal sealed class ConsentRoutes(Visits visits, PageForms forms, IConsentStore consents, Decisions decisions, IAppClock clock)
{
    private const string NoPhone = "none";

    public async Task ShowAsync(HttpContext http)
    {
        if (await BeginAsync(http) is var (visit, person))
            await WriteAsync(http, visit, person);
    }

    public async Task TakeAsync(HttpContext http)
    {
        if (await BeginAsync(http) is not var (visit, person))
            return;

        if (await forms.ReadAsync(http) is not { } form || !Enum.TryParse<Verdict>(form["verdict"], out var verdict) || !Enum.IsDefined(verdict))
        {
            await RefuseAsync(http, Notice.Reload(visit.At(PagePaths.Consent)));
            return;
        }

        if (verdict is not Verdict.Refuse)
        {
            if (!TryChoosePhone(visit.Interaction, person.Account, form["phone"].ToString(), out var phone) || (verdict is Verdict.OneTap && !OffersOneTap(visit, person)))
            {
                await WriteAsync(http, visit, person, ConsentTexts.PhoneMissing);
                return;
            }

            await RememberAsync(visit, person, phone, http.RequestAborted);
        }

        // A consent is found where it is remembered; what holds for this request alone has to be carried there.
        var returnTo = visit.Interaction.ReturnTo;
        await http.SeeOther(verdict is Verdict.Allow && !visit.Interaction.OffersOneTap
            ? returnTo
            : QueryHelpers.AddQueryString(returnTo, PagePaths.Decision, decisions.Seal(verdict, person.Session.PairId, returnTo)));
    }

    /// <summary>Null when there is nobody to ask, or nothing; the answer has then been written.</summary>
    private async ValueTask<(Visit Visit, SignedIn Person)?> BeginAsync(HttpContext http)
    {
        if (await visits.FindAsync(http) is not { App: not null } visit)
        {
            await RefuseAsync(http, Notice.NobodyAsks);
            return null;
        }

        if (await forms.PersonAsync(http) is { } person)
            return (visit, person);

        await http.SeeOther(visit.At(PagePaths.SignIn));
        return null;
    }

    private async Task RememberAsync(Visit visit, SignedIn person, long? phone, CancellationToken ct)
    {
        var before = await consents.FindAsync(person.Account.Id, visit.App!.Id, ct);
        await consents.PutAsync(
            new Consent(
                person.Account.Id, visit.App!.Id,
                [.. (before?.Scopes ?? []).Union(visit.Interaction.Scopes)],
                visit.Interaction.AsksForPhone ? phone : before?.PhoneId,
                clock.NowFor(visit.App!.Id)), ct);
    }

    private async Task WriteAsync(HttpContext http, Visit visit, SignedIn person, Phrase? fault = null)
    {
        var before = await consents.FindAsync(person.Account.Id, visit.App!.Id, http.RequestAborted);
        await http.WritePageAsync<ConsentPage, ConsentForm>(
            new ConsentForm(
                visit.App!.Name,
                person.Account.Nickname ?? Masked.Text(person.Account.Name, 1, 1),
                visit.At(PagePaths.Consent),
                visit.At(PagePaths.SignOut),
                forms.TokenFor(http),
                visit.Interaction.IsTouch,
                [.. visit.Interaction.Scopes.Select(scope => (scope, before?.Scopes.Contains(scope) is not true))],
                visit.Interaction.AsksForPhone ? Choices(person.Account, before) : null,
                OffersOneTap(visit, person) ? Masked.Phone(person.Account.BoundPhone!) : null,
                fault),
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static bool OffersOneTap(Visit visit, SignedIn person) => visit.Interaction.OffersOneTap && person.Account.BoundPhone is not null;

    private static bool TryChoosePhone(Interaction interaction, Account account, string chosen, out long? phone)
    {
        phone = null;
        if (!interaction.AsksForPhone || chosen is NoPhone)
            return true;

        phone = Shareable(account).FirstOrDefault(known => known.Id.ToString() == chosen)?.Id;
        return phone is not null;
    }

    /// <summary>The account's own number, and others that proved to be the person's.</summary>
    private static IEnumerable<PhoneNumber> Shareable(Account account) =>
        account.Phones.Where(phone => phone.IsBound || phone.VerifiedAt is not null).OrderByDescending(phone => phone.IsBound);

    private static IReadOnlyList<PhoneChoice> Choices(Account account, Consent? before)
    {
        var phones = Shareable(account).ToList();
        var chosen = before?.Scopes.Contains(Scopes.Phone) is true ? before.PhoneId : account.BoundPhone?.Id;
        return [.. phones.Select(phone => new PhoneChoice(phone.Id, $"+{phone.CallingCode} {Masked.Phone(phone)}", phone.IsBound, phone.Id == chosen))];
    }

    private static Task RefuseAsync(HttpContext http, Notice notice) =>
        http.WritePageAsync<NoticePage, Notice>(notice, StatusCodes.Status400BadRequest);
}
