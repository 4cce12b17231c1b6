using System.CommandLine;
using Yaopai.Server.Accounts;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;

namespace Yaopai.Server.Admin;

/// <summary><c>user</c>: people.</summary>
internal static class UserVerbs
{
    public const string Noun = UserAdministration.Kind;

    public static Command Command(Shell shell) => new(Noun, "Users: people, with their password, region, profile, mail and phone numbers.")
    {
        Create(shell),
        List(shell),
        Show(shell),
        Change(shell),
        Switch(shell, "disable", "Blocks the user from signing in and revokes all their tokens.", disable: true),
        Switch(shell, "enable", "Lets the user sign in again. Revoked tokens stay revoked.", disable: false),
        Recycle(shell),
        Restore(shell),
        RealNameVerbs.Command(shell),
        FriendVerbs.Command(shell),
        AccessKeyVerbs.Command(shell),
        SecondFactorVerbs.Command(shell),
        Unlock(shell),
        EndSessions(shell),
        Delete(shell),
    };

    private static Command Create(Shell shell)
    {
        var name = Inputs.Text("--name", "text", "The name to sign in with; unique, ignoring case.", Formats.Name,
            required: true);
        var region = Inputs.Text("--region", "region", "Country or region of registration: CN, HK, RU.", Formats.Region, required: true);
        var password = new PasswordInput(shell);
        var settings = new UserSettings();

        var verb = shell.Verb("create", "Creates a user. Without a password, a random one is shown once.",
            [name, region, .. password.Symbols, .. settings.Symbols],
            async (platform, result, ct) =>
            {
                var (account, chosen) = await platform.Get<UserAdministration>().CreateAsync(
                    Actor.AtCommandLine,
                    settings.Read(result) with
                    {
                        Name = result.GetRequiredValue(name)!,
                        Region = result.GetRequiredValue(region)!,
                        Password = await password.ReadAsync(result),
                    }, ct);
                var fields = UserFields.Of(account);
                await shell.ShowAsync(
                    result, chosen is null ? fields : [fields[0], fields[1], Field.Secret("password", chosen), .. fields.Skip(2)]);
                if (chosen is not null)
                    await shell.Terminal.Error.WriteLineAsync("The password is shown only once: save it now.");
            });
        return password.Hold(verb);
    }

    private static Command List(Shell shell) => shell.Verb("list", "Lists the users.", [shell.After, shell.Take], (platform, result, ct) =>
        shell.ListAsync(result, Noun, platform.Get<IAccountStore>().ListAsync, UserFields.Of,
            ["id", "name", "region", "nickname", "state", "phones"], ct));

    private static Command Show(Shell shell)
    {
        var who = Who();

        return shell.Verb("show", "Shows a user.", [who], async (platform, result, ct) =>
            await shell.ShowAsync(result, UserFields.Of(await FindAsync(platform, result.GetRequiredValue(who), ct))));
    }

    private static Command Change(Shell shell)
    {
        var who = Who();
        var name = Inputs.Text("--name", "text", "The new name to sign in with.", Formats.Name);
        var region = Inputs.Text("--region", "region", "Country or region of registration: CN, HK, RU.", Formats.Region);
        var password = new PasswordInput(shell);
        var settings = new UserSettings();

        var verb = shell.Verb(
            "change", "Changes the given values and keeps the others. A new password ends all sign-ins and tokens of the user.",
            [who, name, region, .. password.Symbols, .. settings.Symbols, settings.RemovedPhones],
            async (platform, result, ct) =>
            {
                var account = await FindAsync(platform, result.GetRequiredValue(who), ct);
                var change = settings.Read(result) with
                {
                    Name = result.GetValue(name),
                    Region = result.GetValue(region),
                    Password = await password.ReadAsync(result),
                };
                await shell.ShowAsync(result, UserFields.Of(await platform.Get<UserAdministration>().ChangeAsync(
                    Actor.AtCommandLine, account.Id, change, isCurrent: null, ct)));
            });
        return password.Hold(verb);
    }

    private static Command Switch(Shell shell, string verb, string description, bool disable) => Do(
        shell, verb, description, (users, id, ct) => users.SwitchAsync(Actor.AtCommandLine, id, disable, ct));

    private static Command Recycle(Shell shell) => Do(
        shell, "recycle",
        $"Recycles the account and revokes all its tokens. It can be restored for {AccountRecycling.Kept.TotalDays:0} days; "
        + "then it is deleted.", (users, id, ct) => users.RecycleAsync(Actor.AtCommandLine, id, ct));

    private static Command Restore(Shell shell) => Do(
        shell, "restore", "Restores a recycled account. Revoked tokens stay revoked.",
        (users, id, ct) => users.RestoreAsync(Actor.AtCommandLine, id, ct));

    private static Command Unlock(Shell shell) => Do(
        shell, "unlock", "Unlocks a user who is locked out after too many failed sign-ins.",
        (users, id, ct) => users.UnlockAsync(Actor.AtCommandLine, id, ct));

    private static Command EndSessions(Shell shell) => Do(
        shell, "end-sessions", "Ends all sign-ins of the user and revokes all their tokens.",
        (users, id, ct) => users.EndSessionsAsync(Actor.AtCommandLine, id, ct));

    private static Command Do(
        Shell shell, string verb, string description, Func<UserAdministration, long, CancellationToken, Task<Account>> doAsync)
    {
        var who = Who();

        return shell.Verb(verb, description, [who], async (platform, result, ct) =>
        {
            var account = await FindAsync(platform, result.GetRequiredValue(who), ct);
            await shell.ShowAsync(result, UserFields.Of(await doAsync(platform.Get<UserAdministration>(), account.Id, ct)));
        });
    }

    private static Command Delete(Shell shell)
    {
        var who = Who();

        return shell.Verb("delete",
            "Deletes the user, with phone numbers and consents, and revokes all tokens. Apps with an event callback are notified.",
            [who], async (platform, result, ct) =>
            {
                var account = await FindAsync(platform, result.GetRequiredValue(who), ct);
                await platform.Get<UserAdministration>().DeleteAsync(Actor.AtCommandLine, account.Id, ct);
                await shell.ShowAsync(result, [new("id", account.Id), new("name", account.Name), new("state", "deleted")]);
            });
    }

    internal static Argument<string> Who() => new("user") { Description = "The id or the name of the user." };

    internal static Task<Account> FindAsync(Platform platform, string who, CancellationToken ct) =>
        platform.Get<UserAdministration>().FindAsync(who, ct);
}
