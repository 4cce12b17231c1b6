using System.CommandLine;
using Yaopai.Server.Accounts.SecondFactors;

namespace Yaopai.Server.Admin;

/// <summary><c>user second-factor</c>: for people who have lost their phone and their recovery codes.</summary>
internal static class SecondFactorVerbs
{
    public static Command Command(Shell shell) =>
        new("second-factor", "A user's two-step sign-in. Only the user can turn it on, at /account.")
        {
            Show(shell),
            Remove(shell),
        };

    private static Command Show(Shell shell)
    {
        var who = UserVerbs.Who();

        return shell.Verb("show", "Says whether a user signs in with two steps, and since when.", [who], async (platform, result, ct) =>
        {
            var account = await UserVerbs.FindAsync(platform, result.GetRequiredValue(who), ct);
            var factor = await platform.Get<ISecondFactorStore>().FindAsync(account.Id, ct);
            await shell.ShowAsync(
                result,
                [
                    new("id", account.Id), new("name", account.Name), new("on", factor is not null), new("since", factor?.Since),
                    new("recovery_codes", factor?.RecoveryCodes),
                ]);
        });
    }

    private static Command Remove(Shell shell)
    {
        var who = UserVerbs.Who();

        return shell.Change(
            "remove", "Turns a user's two-step sign-in off: make sure who asks for it. From then on the password alone signs in.", [who],
            async (platform, result, ct) =>
            {
                var account = await UserVerbs.FindAsync(platform, result.GetRequiredValue(who), ct);
                var removed = await platform.Get<ISecondFactorStore>().TryRemoveAsync(account.Id, ct);
                await shell.ShowAsync(result, [new("id", account.Id), new("name", account.Name), new("removed", removed)]);
            });
    }
}
