using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Consenting;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.Devices;

/// <summary>GET and POST /device.</summary>
/// <remarks>A surface sends people here with what they opened; the QR code of another page of ours leads here with the user code.</remarks>
internal sealed class DeviceRoutes(
    Tickets tickets, InteractionLoader visits, PageForms forms, AppDirectory apps, DeviceAuthorizations devices, UserCodeLookup userCodes,
    IConsentStore consents, SurfaceProfiles profiles, IAppClock clock, HybridClock dates)
{
    /// <summary>What stands before the person, or what they answered.</summary>
    public async Task ShowAsync(HttpContext http)
    {
        if (http.Request.Query[PagePaths.UserCode].ToString() is { Length: > 0 } userCode)
        {
            await OpenAsync(http, userCode);
            return;
        }

        if (await BeginAsync(http) is not { } consent)
            return;

        if (AnswerOf(consent) is { } answer)
            await http.WritePageAsync<MessagePage, Message>(answer);
        else if (await devices.ScanAsync(consent.Device, consent.Person.Account.Id, http.RequestAborted) is DeviceStep.Done)
            await WriteAsync(http, consent);
        else
            await TellAsync(http, consent.ReturnTo);
    }

    public async Task TakeAsync(HttpContext http)
    {
        var validSince = await dates.NowAsync(http.RequestAborted);
        if (await BeginAsync(http) is not { } consent)
            return;

        if (await forms.ReadAsync(http) is not { } form || !Enum.TryParse<Verdict>(form["verdict"], out var verdict)
            || verdict is not (Verdict.Allow or Verdict.Refuse))
        {
            await RefuseAsync(http, Message.Reload(consent.Address));
            return;
        }

        long? phone = null;
        if (verdict is Verdict.Allow && AsksForPhone(consent) && !SharedPhone.TryRead(form, consent.Person.Account, out phone))
        {
            await WriteAsync(http, consent, ConsentTexts.PhoneMissing);
            return;
        }

        await (verdict is Verdict.Allow
            ? devices.ConfirmAsync(
                consent.Device, consent.Person.Account.Id, phone, AsksForPhone(consent), validSince, http.RequestAborted)
            : devices.DenyAsync(consent.Device, consent.Person.Account.Id, http.RequestAborted));

        // Whatever came of it, the page says so, and says it again when it is loaded again.
        await http.SeeOther(consent.Address);
    }

    /// <summary>Null when there is nobody to ask, or nothing; the answer has then been written.</summary>
    private async ValueTask<DeviceConsent?> BeginAsync(HttpContext http)
    {
        var ticket = http.Request.Query[PagePaths.Request].ToString();
        if (await tickets.UnsealAsync<DeviceVisit>(ticket, http.RequestAborted) is not { } visit)
        {
            var old = await tickets.UnsealAtAnyAgeAsync<DeviceVisit>(ticket, http.RequestAborted);
            await RefuseAsync(http, old is null or { ReturnTo: "" } ? DeviceTexts.Broken : Message.BeginAgain(old.ReturnTo));
            return null;
        }

        // What is wrong with a device or its app, the request that led here says in its own words.
        var device = await devices.FindAsync(visit.UserCode, http.RequestAborted);
        if (device?.Id != visit.DeviceId || await apps.FindAsync(device.AppId, http.RequestAborted) is not { IsEnabled: true } app)
        {
            await TellAsync(http, visit.ReturnTo);
            return null;
        }

        var address = PagePaths.With(PagePaths.Device, ticket);
        if (await forms.PersonAsync(http) is { } person)
            return new DeviceConsent(address, visit.ReturnTo, device, app, person);

        await http.SeeOther(visits.SignInFor(address));
        return null;
    }

    private async Task OpenAsync(HttpContext http, string userCode)
    {
        var (_, device) = await userCodes.FindAsync(http.Connection.RemoteIpAddress!, userCode, http.RequestAborted);
        await (device is null
            ? RefuseAsync(http, DeviceTexts.Broken)
            : http.SeeOther(PagePaths.With(
                PagePaths.Device, tickets.Seal(new DeviceVisit(device.Id, device.UserCode, ReturnTo: "", clock.Now)))));
    }

    /// <summary>What is wrong says the request that led here, where one did.</summary>
    private static Task TellAsync(HttpContext http, string returnTo) =>
        returnTo is "" ? RefuseAsync(http, DeviceTexts.Broken) : http.SeeOther(returnTo);

    private async Task WriteAsync(HttpContext http, DeviceConsent consent, Phrase? fault = null)
    {
        var (device, account) = (consent.Device, consent.Person.Account);
        var before = await consents.FindAsync(account.Id, device.AppId, http.RequestAborted);
        await http.WritePageAsync<DevicePage, DeviceForm>(
            new DeviceForm(
                consent.App.Name,
                UserCode.Shown(device.UserCode),
                account.ShownName,
                consent.Address,
                forms.TokenFor(http),
                RequestedScopes.Of(profiles, consent.App, device.Scopes, before),
                AsksForPhone(consent) ? SharedPhone.Choices(profiles, account, before) : null,
                fault),
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private bool AsksForPhone(DeviceConsent consent) => profiles.AskForPhone(consent.Device.Scopes);

    private static Message? AnswerOf(DeviceConsent consent) =>
        consent.Device.AccountId != consent.Person.Account.Id ? null : consent.Device.State switch
        {
            DeviceState.Confirmed or DeviceState.Taken => DeviceTexts.Allowed,
            DeviceState.Denied => DeviceTexts.Refused,
            _ => null,
        };

    private static Task RefuseAsync(HttpContext http, Message notice) =>
        http.WritePageAsync<MessagePage, Message>(notice, StatusCodes.Status400BadRequest);

    /// <summary>A person before the page of a device.</summary>
    private sealed record DeviceConsent(string Address, string ReturnTo, DeviceAuthorization Device, App App, SignedIn Person);
}
