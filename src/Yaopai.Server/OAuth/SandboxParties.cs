using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth;

/// <summary>Who takes part in a sign-in of the sandbox, found in the same way by every surface.</summary>
internal sealed class SandboxParties(IAppStore apps, IAccountStore accounts, IAppClock clock, HybridClock dates)
{
    public async Task<(App? App, Problem? Problem)> FindAppAsync(long clientId, CancellationToken ct)
    {
        Randomness.Concern(clientId);
        return await apps.FindAsync(clientId, ct) is { IsEnabled: true } app
            ? (app, null)
            : (null, Problem.NotFound($"client_id: there is no enabled app {clientId}. GET /sandbox lists the demo apps."));
    }

    public async Task<(Account? Account, Problem? Problem)> FindPersonAsync(string? user, CancellationToken ct) =>
        await accounts.FindByNameAsync(user ?? "", ct) is not { } account
            ? (null, Problem.NotFound($"user: there is nobody called \"{user}\". GET /sandbox lists the demo users."))
            : account.MaySignIn
                ? (account, null)
                : (null, new Problem(403, "The person cannot sign in", $"user: the account \"{account.Name}\" is locked or recycled."));

    /// <summary>Both, the app first.</summary>
    public async Task<(App? App, Account? Account, Problem? Problem)> FindAsync(long clientId, string? user, CancellationToken ct)
    {
        var (app, problem) = await FindAppAsync(clientId, ct);
        if (app is null)
            return (null, null, problem);

        (var account, problem) = await FindPersonAsync(user, ct);
        return (app, account, problem);
    }

    public IssuedOn OnNow(App app) => new(dates.Now, clock.NowFor(app.Id));

    /// <summary>The scopes that the app may not ask a person for are told with those that it may; null where all are open.</summary>
    public static Problem? WhyScopesAreNotOpen(SurfaceProfile profile, App app, IEnumerable<string> scopes)
    {
        if (scopes.FirstOrDefault(scope => !profile.IsOpenTo(app, scope)) is not { } refused)
            return null;

        var known = string.Join(' ', profile.Scopes.Select(scope => scope.Name).Where(scope => profile.IsOpenTo(app, scope)));
        return Problem.Invalid($"scope: \"{refused}\" is not for this app. It may ask for: {known}.");
    }
}
