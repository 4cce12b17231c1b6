using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Consenting;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.Devices;

/// <summary>GET and POST /device.</summary>
internal sealed class DeviceRoutes(
    Tickets tickets, Visits visits, PageForms forms, AppDirectory apps, DeviceAuthorizations devices, IConsentStore consents)
{
    /// <summary>What stands before the person, or what they answered.</summary>
    public async Task ShowAsync(HttpContext http)
    {
        if (await BeginAsync(http) is not { } meeting)
            return;

        if (AnswerOf(meeting) is { } answer)
            await http.WritePageAsync<NoticePage, Notice>(answer);
        else if (await devices.ScanAsync(meeting.Device, meeting.Person.Account.Id, http.RequestAborted) is DeviceStep.Done)
            await WriteAsync(http, meeting);
        else
            await http.SeeOther(meeting.ReturnTo);
    }

    public async Task TakeAsync(HttpContext http)
    {
        if (await BeginAsync(http) is not { } meeting)
            return;

        if (await forms.ReadAsync(http) is not { } form || !Enum.TryParse<Verdict>(form["verdict"], out var verdict) || verdict is not (Verdict.Allow or Verdict.Refuse))
        {
            await RefuseAsync(http, Notice.Reload(meeting.Address));
            return;
        }

        long? phone = null;
        if (verdict is Verdict.Allow && meeting.AsksForPhone && !SharedPhone.TryRead(form, meeting.Person.Account, out phone))
        {
            await WriteAsync(http, meeting, ConsentTexts.PhoneMissing);
            return;
        }

        await (verdict is Verdict.Allow
            ? devices.ConfirmAsync(meeting.Device, meeting.Person.Account.Id, phone, http.RequestAborted)
            : devices.DenyAsync(meeting.Device, meeting.Person.Account.Id, http.RequestAborted));

        // Whatever came of it, the page says so, and says it again when it is loaded again.
        await http.SeeOther(meeting.Address);
    }

    /// <summary>Null when there is nobody to ask, or nothing; the answer has then been written.</summary>
    private async ValueTask<Meeting?> BeginAsync(HttpContext http)
    {
        var ticket = http.Request.Query[PagePaths.Request].ToString();
        if (await tickets.OpenAsync<DeviceVisit>(ticket, http.RequestAborted) is not { } visit)
        {
            await RefuseAsync(http, DeviceTexts.Broken);
            return null;
        }

        // What is wrong with a device or its app, the request that led here says in its own words.
        var device = await devices.FindAsync(visit.UserCode, http.RequestAborted);
        if (device?.Id != visit.DeviceId || await apps.FindAsync(device.AppId, http.RequestAborted) is not { IsEnabled: true } app)
        {
            await http.SeeOther(visit.ReturnTo);
            return null;
        }

        var address = PagePaths.With(PagePaths.Device, ticket);
        if (await forms.PersonAsync(http) is { } person)
            return new Meeting(address, visit.ReturnTo, device, app, person);

        await http.SeeOther(visits.SignInFor(address));
        return null;
    }

    private async Task WriteAsync(HttpContext http, Meeting meeting, Phrase? fault = null)
    {
        var (device, account) = (meeting.Device, meeting.Person.Account);
        var before = await consents.FindAsync(account.Id, device.AppId, http.RequestAborted);
        await http.WritePageAsync<DevicePage, DeviceForm>(
            new DeviceForm(
                meeting.App.Name,
                UserCode.Shown(device.UserCode),
                Masked.Person(account),
                meeting.Address,
                forms.TokenFor(http),
                Wanted.Of(device.Scopes, before),
                meeting.AsksForPhone ? SharedPhone.Choices(account, before) : null,
                fault),
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static Notice? AnswerOf(Meeting meeting) => meeting.Device.AccountId != meeting.Person.Account.Id ? null : meeting.Device.State switch
    {
        DeviceState.Confirmed or DeviceState.Taken => DeviceTexts.Allowed,
        DeviceState.Denied => DeviceTexts.Refused,
        _ => null,
    };

    private static Task RefuseAsync(HttpContext http, Notice notice) =>
        http.WritePageAsync<NoticePage, Notice>(notice, StatusCodes.Status400BadRequest);

    /// <summary>A person before the page of a device.</summary>
    private sealed record Meeting(string Address, string ReturnTo, DeviceAuthorization Device, App App, SignedIn Person)
    {
        public bool AsksForPhone => Device.Scopes.Contains(Scopes.Phone);
    }
}
