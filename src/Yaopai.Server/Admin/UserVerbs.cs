using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Credentials;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Admin;

/// <summary><c>user</c>: people.</summary>
internal static class UserVerbs
{
    public const string Noun = "user";

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
        Unlock(shell),
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
                var blank = settings.Apply(result, platform.Now, new Account
                {
                    Id = 0,
                    Name = result.GetRequiredValue(name)!,
                    PasswordHash = "",
                    Region = result.GetRequiredValue(region)!,
                    CreatedAt = platform.Now,
                });
                var given = await password.ReadAsync(result, blank);
                var chosen = given ?? Passwords.Generate();
                blank = blank with { PasswordHash = Passwords.Hash(chosen) };
                var account = await NewIds.AddAsync(() => blank with { Id = NewIds.Account() }, TryAddAsync, ct);

                var fields = FieldsOf(account);
                await shell.ShowAsync(result, given is null ? [fields[0], fields[1], new("password", chosen), .. fields.Skip(2)] : fields);
                if (given is null)
                    await shell.Terminal.Error.WriteLineAsync("The password is shown only once: save it now.");

                async Task<bool> TryAddAsync(Account account, CancellationToken ct) =>
                    await platform.Get<IAccountStore>().TryAddAsync(account, ct)
                    || (await platform.Get<IAccountStore>().FindAsync(account.Id, ct) is null
                        ? throw await ClashAsync(platform, account, ct)
                        : false);
            });
        return password.Hold(verb);
    }

    private static Command List(Shell shell) => shell.Verb("list", "Lists the users.", [shell.After, shell.Take], (platform, result, ct) =>
        shell.ListAsync(result, Noun, platform.Get<IAccountStore>().ListAsync, FieldsOf,
            ["id", "name", "region", "nickname", "state", "phones"], ct));

    private static Command Show(Shell shell)
    {
        var who = Who();

        return shell.Verb("show", "Shows a user.", [who], async (platform, result, ct) =>
            await shell.ShowAsync(result, FieldsOf(await FindAsync(platform, result.GetRequiredValue(who), ct))));
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
                var chosen = await password.ReadAsync(result, Apply(account)); // what cannot be done is said before anything is written
                if (chosen is not null)
                    await platform.Get<KeyRing>().LoadAsync(ct);
                var changed = chosen is null
                    ? await platform.Get<IAccountStore>().ChangeAsync(account.Id, Apply, ct)
                    : await platform.Get<PasswordChange>().SetAsync(account.Id, Apply, chosen, ct);
                await shell.ShowAsync(result, FieldsOf(changed ?? throw await ClashAsync(platform, Apply(account), ct)));

                Account Apply(Account account) => settings.Apply(result, platform.Now, account with
                {
                    Name = result.GetValue(name) ?? account.Name,
                    Region = result.GetValue(region) ?? account.Region,
                });
            });
        return password.Hold(verb);
    }

    private static Command Switch(Shell shell, string verb, string description, bool disable)
    {
        var who = Who();

        return shell.Verb(verb, description, [who], async (platform, result, ct) =>
        {
            var account = await FindAsync(platform, result.GetRequiredValue(who), ct);
            var changed = await platform.Get<IAccountStore>().ChangeAsync(
                account.Id, one => one with { DisabledAt = disable ? one.DisabledAt ?? platform.Now : null }, ct)
                ?? throw CommandException.NotFound(Noun, $"{account.Id}");
            if (disable)
                await platform.Get<Revoker>().RevokeAccountAsync(account.Id, ct);
            await shell.ShowAsync(result, FieldsOf(changed));
        });
    }

    private static Command Recycle(Shell shell)
    {
        var who = Who();

        return shell.Verb("recycle",
            $"Recycles the account and revokes all its tokens. It can be restored for {AccountRecycling.Kept.TotalDays:0} days; "
            + "then it is deleted.",
            [who], async (platform, result, ct) =>
            {
                var account = await FindAsync(platform, result.GetRequiredValue(who), ct);
                await platform.Get<AccountRecycling>().TryRecycleAsync(account.Id, ct);
                await shell.ShowAsync(result, FieldsOf(await FindAsync(platform, $"{account.Id}", ct)));
            });
    }

    private static Command Restore(Shell shell)
    {
        var who = Who();

        return shell.Verb("restore", "Restores a recycled account. Revoked tokens stay revoked.", [who], async (platform, result, ct) =>
        {
            var account = await FindAsync(platform, result.GetRequiredValue(who), ct);
            if (account.RecycledAt is not null && !await platform.Get<AccountRecycling>().TryRestoreAsync(account.Id, ct))
                throw CommandException.NotFound(Noun, $"{account.Id}");

            await shell.ShowAsync(result, FieldsOf(await FindAsync(platform, $"{account.Id}", ct)));
        });
    }

    private static Command Unlock(Shell shell)
    {
        var who = Who();

        return shell.Verb(
            "unlock", "Unlocks a user who is locked out after too many failed sign-ins.", [who], async (platform, result, ct) =>
            {
                var account = await FindAsync(platform, result.GetRequiredValue(who), ct);
                await platform.Get<KeyRing>().LoadAsync(ct);
                await platform.Get<SignIn>().UnlockAsync(account.Id, ct);
                await shell.ShowAsync(result, FieldsOf(account));
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
                if (!await platform.Get<AccountDeletion>().TryDeleteAsync(account.Id, ct))
                    throw CommandException.NotFound(Noun, $"{account.Id}");

                await shell.ShowAsync(result, [new("id", account.Id), new("name", account.Name), new("state", "deleted")]);
            });
    }

    internal static Argument<string> Who() => new("user") { Description = "The id or the name of the user." };

    internal static async Task<Account> FindAsync(Platform platform, string who, CancellationToken ct)
    {
        var accounts = platform.Get<IAccountStore>();
        return (long.TryParse(who, out var id) ? await accounts.FindAsync(id, ct) : null)
            ?? await accounts.FindByNameAsync(who, ct)
            ?? throw CommandException.NotFound(Noun, Table.Printable(who));
    }

    /// <summary>Why an account could not be stored: the name or the bound number is somebody else's.</summary>
    private static async Task<CommandException> ClashAsync(Platform platform, Account account, CancellationToken ct) =>
        await platform.Get<IAccountStore>().FindByNameAsync(account.Name, ct) is { } other && other.Id != account.Id
            ? new CommandException(OperatorErrors.Users.NameTaken, $"The name {account.Name} belongs to user {other.Id}.")
            : account.BoundPhone is { } phone
                ? new CommandException(
                    OperatorErrors.Users.PhoneTaken, $"The number +{phone.CallingCode} {phone.National} is bound to another user.")
                : new CommandException(OperatorErrors.Storage.DatabaseBusy, "Another change happened at the same time.");

    private static IReadOnlyList<Field> FieldsOf(Account account) =>
    [
        new("id",            account.Id),
        new("name",          account.Name),
        new("state",         account.RecycledAt is not null ? "recycled" : account.DisabledAt is null ? "enabled" : "disabled"),
        new("region",        account.Region),
        new("nickname",      account.Nickname),
        new("avatar",        account.AvatarUrl),
        new("mail",          account.Email),
        new("mail_verified", account.EmailVerified),
        new("profile",       account.Profile.Select(field => $"{field.Key}={field.Value}")),
        new("phones",        account.Phones.Select(FieldsOf)),
        new("created_at",    account.CreatedAt),
        new("disabled_at",   account.DisabledAt),
        new("recycled_at",   account.RecycledAt),
    ];

    private static IReadOnlyList<Field> FieldsOf(PhoneNumber phone) =>
    [
        new("number", $"+{phone.CallingCode}{phone.National}"),
        new("region", phone.Region),
        new("bound",  phone.IsBound),
    ];
}
