using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Administration;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Admin.Resources;

/// <summary>What an operator does with users, by whichever way they come.</summary>
internal sealed class UserAdministration(
    IAccountStore accounts, PasswordChange passwords, SignIn signIn, AccountRecycling recycling, AccountDeletion deletion, Revoker revoker,
    IConsentStore consents, Withdrawal withdrawal, IBindingStore bindings, ISignInStore signIns, KeyRing keys, Auditor auditor,
    TimeProvider time)
{
    public const string Kind = "user";

    private static readonly Dictionary<PasswordFault, string> s_faults = new()
    {
        [PasswordFault.Length] = $"A password must have {Passwords.Shortest} to {Passwords.Longest} characters.",
        [PasswordFault.Guessable] = "This password is easily guessed: it is common, a login of the user, or very simple.",
    };

    public async Task<Account> FindAsync(long id, CancellationToken ct) => await accounts.FindAsync(id, ct) ?? throw Unknown($"{id}");

    /// <param name="who">An id or a name.</param>
    public async Task<Account> FindAsync(string who, CancellationToken ct) =>
        (long.TryParse(who, out var id) ? await accounts.FindAsync(id, ct) : null)
        ?? await accounts.FindByNameAsync(who, ct)
        ?? throw Unknown(Table.Printable(who));

    public Task<IReadOnlyList<Account>> ListAsync(AccountFilter filter, long after, int take, CancellationToken ct) =>
        accounts.ListAsync(filter, after, take, ct);

    /// <param name="change">Has a name and a region.</param>
    /// <returns>The password where one was made up, because none was given.</returns>
    public Task<(Account Account, string? Password)> CreateAsync(Actor actor, UserChange change, CancellationToken ct) =>
        auditor.RecordAsync(
            new Deed(actor, "user.create", Kind),
            async trace =>
            {
                var now = time.GetUtcNow();
                var blank = change.ApplyTo(
                    new Account { Id = 0, Name = change.Name!, PasswordHash = "", Region = change.Region!, CreatedAt = now }, now);
                RequireGood(change.Password, blank);
                var password = change.Password ?? Passwords.Generate();
                blank = blank with { PasswordHash = Passwords.Hash(password) };
                var added = await NewIds.AddAsync(() => blank with { Id = NewIds.Account() }, TryAddAsync, ct);
                return (Done(trace, added), change.Password is null ? password : null);
            }, ct);

    /// <param name="isCurrent">Whether the user is still as the caller read them; null to change whatever is there.</param>
    public Task<Account> ChangeAsync(
        Actor actor, long id, UserChange change, Func<Account, bool>? isCurrent, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, change.Password is null ? "user.change" : "user.password.change", Kind, $"{id}"),
        trace => StoreAsync(trace, id, change, isCurrent, ct), ct);

    /// <summary>Gives the user another password, which ends all sign-ins, and lets them in again after a lockout.</summary>
    /// <returns>The password where one was made up, because none was given.</returns>
    public Task<(Account Account, string? Password)> ResetPasswordAsync(Actor actor, long id, string? given, CancellationToken ct) =>
        auditor.RecordAsync(
            new Deed(actor, "user.password.reset", Kind, $"{id}"),
            async trace =>
            {
                var password = given ?? Passwords.Generate();
                return (await StoreAsync(trace, id, new UserChange { Password = password }, null, ct), given is null ? password : null);
            }, ct);

    /// <summary>Blocks the user from signing in and revokes all they have, or lets them sign in again.</summary>
    public Task<Account> SwitchAsync(Actor actor, long id, bool disable, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, disable ? "user.disable" : "user.enable", Kind, $"{id}"),
        async trace =>
        {
            var now = time.GetUtcNow();
            var revision = new Revision<Account>(one => one with { DisabledAt = disable ? one.DisabledAt ?? now : null }, null);
            var changed = await accounts.ChangeAsync(id, revision.Apply, ct) ?? throw Unknown($"{id}");
            trace.Was(UserFields.ToRecord(revision.Before!));
            if (disable)
                await revoker.RevokeAccountAsync(id, ct);
            return Done(trace, changed);
        }, ct);

    /// <summary>Puts the account away for a while, and revokes all it has.</summary>
    public Task<Account> RecycleAsync(Actor actor, long id, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "user.recycle", Kind, $"{id}"),
        async trace =>
        {
            trace.Was(UserFields.ToRecord(await FindAsync(id, ct)));
            await recycling.TryRecycleAsync(id, ct);
            return Done(trace, await FindAsync(id, ct));
        }, ct);

    public Task<Account> RestoreAsync(Actor actor, long id, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "user.restore", Kind, $"{id}"),
        async trace =>
        {
            var account = await FindAsync(id, ct);
            trace.Was(UserFields.ToRecord(account));
            if (account.RecycledAt is not null && !await recycling.TryRestoreAsync(id, ct))
                throw Unknown($"{id}");

            return Done(trace, await FindAsync(id, ct));
        }, ct);

    /// <summary>Ends a lockout after too many failed sign-ins.</summary>
    public Task<Account> UnlockAsync(Actor actor, long id, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "user.unlock", Kind, $"{id}"),
        async trace =>
        {
            var account = await FindAsync(id, ct);
            await keys.EnsureLoadedAsync(ct);
            await signIn.UnlockAsync(id, ct);
            return Done(trace, account);
        }, ct);

    /// <summary>Ends all sign-ins of the user, and revokes all tokens that came of them.</summary>
    public Task<Account> EndSessionsAsync(Actor actor, long id, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "user.sessions.end", Kind, $"{id}"),
        async trace =>
        {
            var account = await FindAsync(id, ct);
            await revoker.RevokeAccountAsync(id, ct);
            return Done(trace, account);
        }, ct);

    /// <summary>Removes the user for good.</summary>
    public Task<Account> DeleteAsync(Actor actor, long id, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "user.delete", Kind, $"{id}"),
        async trace =>
        {
            var account = await FindAsync(id, ct);
            trace.Was(UserFields.ToRecord(account));
            return await deletion.TryDeleteAsync(id, ct) ? account : throw Unknown($"{id}");
        }, ct);

    public async Task<SignInHistory> SignInsAsync(long id, TimeSpan failuresWithin, CancellationToken ct) =>
        await signIns.HistoryAsync((await FindAsync(id, ct)).Id, time.GetUtcNow() - failuresWithin, ct);

    public async Task<IReadOnlyList<Consent>> ConsentsAsync(long id, CancellationToken ct) =>
        await consents.ListAsync((await FindAsync(id, ct)).Id, ct);

    /// <summary>Takes back what the user allowed the app, and revokes what it has of them.</summary>
    public Task<Consent> WithdrawConsentAsync(Actor actor, long id, long appId, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "user.consent.withdraw", Kind, $"{id}"),
        async trace =>
        {
            var consent = await consents.FindAsync((await FindAsync(id, ct)).Id, appId, ct);
            if (consent is null || !await withdrawal.TryWithdrawAsync(id, appId, ct))
                throw new CommandException(OperatorErrors.Users.ConsentUnknown, $"User {id} has given app {appId} no consent.");

            trace.Was([new("client_id", appId), new("scopes", consent.Scopes)]);
            return consent;
        }, ct);

    public async Task<IReadOnlyList<Binding>> BindingsAsync(long id, CancellationToken ct) =>
        await bindings.ListAsync((await FindAsync(id, ct)).Id, ct);

    /// <summary>Makes the person of another platform and the user two people again.</summary>
    public Task<Binding> UnbindAsync(Actor actor, long id, string provider, string providerAppId, CancellationToken ct) =>
        auditor.RecordAsync(
            new Deed(actor, "user.binding.remove", Kind, $"{id}"),
            async trace =>
            {
                var binding = (await BindingsAsync(id, ct)).FirstOrDefault(
                    one => one.Identity.Provider == provider && one.Identity.ProviderAppId == providerAppId);
                if (binding is null || !await bindings.TryRemoveAsync(id, binding.Identity, ct))
                    throw new CommandException(OperatorErrors.Users.BindingUnknown, $"User {id} has no such binding.");

                trace.Was([new("provider", provider), new("provider_app_id", providerAppId)]);
                return binding;
            }, ct);

    private async Task<Account> StoreAsync(
        Trace trace, long id, UserChange change, Func<Account, bool>? isCurrent, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var applied = change.ApplyTo(await FindAsync(id, ct), now); // what cannot be done is said before anything is written
        RequireGood(change.Password, applied);
        var revision = new Revision<Account>(account => change.ApplyTo(account, now), isCurrent);
        if (change.Password is not null)
            await keys.EnsureLoadedAsync(ct);
        var changed = change.Password is null
            ? await accounts.ChangeAsync(id, revision.Apply, ct)
            : await passwords.SetAsync(id, revision.Apply, change.Password, ct);
        revision.ThrowIfRefused();
        if (revision.Before is { } before)
            trace.Was(UserFields.ToRecord(before));
        return Done(trace, changed ?? throw await ClashAsync(applied, ct));
    }

    private async Task<bool> TryAddAsync(Account account, CancellationToken ct) =>
        await accounts.TryAddAsync(account, ct)
        || (await accounts.FindAsync(account.Id, ct) is null ? throw await ClashAsync(account, ct) : false);

    /// <summary>Why an account could not be stored: the name or the bound number is somebody else's.</summary>
    private async Task<CommandException> ClashAsync(Account account, CancellationToken ct) =>
        await accounts.FindByNameAsync(account.Name, ct) is { } other && other.Id != account.Id
            ? new CommandException(OperatorErrors.Users.NameTaken, $"The name {account.Name} belongs to user {other.Id}.")
            : account.BoundPhone is { } phone
                ? new CommandException(
                    OperatorErrors.Users.PhoneTaken, $"The number +{phone.CallingCode} {phone.National} is bound to another user.")
                : new CommandException(OperatorErrors.Storage.DatabaseBusy, "Another change happened at the same time.");

    private static void RequireGood(string? password, Account person)
    {
        if (password is not null && Passwords.FaultOf(password, Passwords.LoginsOf(person)) is { } fault)
            throw CommandException.WrongUsage(OperatorErrors.Users.PasswordUnacceptable, s_faults[fault]);
    }

    private static Account Done(Trace trace, Account account)
    {
        trace.Of($"{account.Id}");
        trace.Is(UserFields.ToRecord(account));
        return account;
    }

    private static CommandException Unknown(string who) => CommandException.NotFound(Kind, who);
}
