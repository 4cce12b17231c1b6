using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.SecondFactors;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox.Seeds;

namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>People with ids and settings of one's own; an address names them by name or by id.</summary>
internal sealed class UserEndpoints(UserSeeds users, IAppClock clock) : ISandboxEndpoints
{
    private const string Path = "/sandbox/users", One = Path + "/{user}";

    public void Map(SandboxRoutes routes)
    {
        routes.Post<UserSeed>(Path, async (http, seed) =>
            await ShowAsync(await users.AddAsync(seed, http.RequestAborted), http.RequestAborted) with
            {
                Status = StatusCodes.Status201Created,
            });
        routes.Get(One, async http =>
        {
            var account = await users.FindAsync(UserOf(http), http.RequestAborted);
            return await ShowAsync((account, account is null ? UserSeeds.Missing(UserOf(http)) : null), http.RequestAborted);
        });
        routes.Put<UserSeed>(One, async (http, seed) =>
            await ShowAsync(await users.ChangeAsync(UserOf(http), seed, http.RequestAborted), http.RequestAborted));
        routes.Delete(One, async http =>
            await users.RemoveAsync(UserOf(http), http.RequestAborted) is { } problem ? problem : SandboxAnswer.Done);
        routes.Post(One + "/totp", http => ShowCodeAsync(UserOf(http), http.RequestAborted));
    }

    /// <summary>What the person's authenticator app shows at this moment, by everyone's clock, as sign-ins go by it.</summary>
    private async Task<SandboxAnswer> ShowCodeAsync(string who, CancellationToken ct)
    {
        if (await users.FindAsync(who, ct) is not { } account)
            return UserSeeds.Missing(who);

        if (await users.SecretOfAsync(account.Id, ct) is not { } secret)
        {
            return Problem.Conflict(
                $"\"{account.Name}\" has no second factor. PUT /sandbox/users/{account.Id} with a \"totp_secret\" gives them one.");
        }

        var step = TimeCode.StepAt(clock.Now);
        return SandboxAnswer.Of(new { code = TimeCode.At(secret, step), expires_at = TimeCode.StartOf(step + 1) });
    }

    private async Task<SandboxAnswer> ShowAsync((Account? Account, Problem? Problem) outcome, CancellationToken ct)
    {
        if (outcome.Problem is { } problem)
            return problem;

        return SandboxAnswer.Of(await users.DescribeAsync(outcome.Account!, ct));
    }

    private static string UserOf(HttpContext http) => (string)http.Request.RouteValues["user"]!;
}
