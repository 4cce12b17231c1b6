using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Sandbox;

/// <summary>What a person would do on the page that a device sends them to.</summary>
internal sealed class SandboxDevice(DeviceAuthorizations devices, AppDirectory apps, IAccountStore accounts, SurfaceProfiles profiles,
    HybridClock clock)
{
    internal sealed record Request(string? UserCode, string? User, string? Action, string? Phone);

    internal sealed record Done(string ClientId, string Scope, string State);

    public async Task<(Done? Done, Problem? Problem)> HandleAsync(Request request, CancellationToken ct)
    {
        if (request.Action is not ("scan" or "confirm" or "deny"))
            return No(Problem.Invalid("action: \"scan\", \"confirm\" or \"deny\"."));

        if (await accounts.FindByNameAsync(request.User ?? "", ct) is not { } account)
            return No(Problem.NotFound($"user: there is nobody called \"{request.User}\". GET /sandbox lists the demo users."));

        if (!account.MaySignIn)
            return No(new Problem(403, "The person cannot sign in", $"user: the account \"{account.Name}\" is locked or recycled."));

        if (await devices.FindAsync(request.UserCode ?? "", ct) is not { } device)
            return No(Problem.NotFound("user_code: no device waits for it; it was not given out, or has expired."));

        if (await apps.FindAsync(device.AppId, ct) is not { IsEnabled: true })
            return No(new Problem(
                403, "The app is disabled", $"user_code: the device is of the app {device.AppId}, which may do nothing."));

        if (!TryChoosePhone(request, device, account, out var phone))
            return No(Problem.Invalid("phone: with \"confirm\" and the scope phone, \"none\" or a national number that the person has."));

        var step = request.Action switch
        {
            "scan" => await devices.ScanAsync(device, account.Id, ct),
            "confirm" => await devices.ConfirmAsync(
                device, account.Id, phone?.Id, profiles.AskForPhone(device.Scopes), clock.Now, ct),
            _ => await devices.DenyAsync(device, account.Id, ct),
        };

        return step is DeviceStep.Done
            ? (new Done($"{device.AppId}", string.Join(' ', device.Scopes),
                request.Action switch { "scan" => "scanned", "confirm" => "confirmed", _ => "denied" }), null)
            : No(new Problem(
                409, "Not this person's to answer", "user_code: not scanned yet by this person, scanned by another, or answered already."));
    }

    /// <summary>The number that the person shares: the account's, unless another or none was chosen.</summary>
    private bool TryChoosePhone(Request request, DeviceAuthorization device, Account account, out PhoneNumber? phone)
    {
        phone = null;
        if (request.Action is not "confirm" || !profiles.AskForPhone(device.Scopes))
            return request.Phone is null;

        if (request.Phone is "none")
            return true;

        phone = request.Phone is null ? account.BoundPhone : account.Phones.FirstOrDefault(known => known.National == request.Phone);
        return request.Phone is null || phone is not null;
    }

    private static (Done?, Problem) No(Problem problem) => (null, problem);
}
