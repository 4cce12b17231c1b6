using Yaopai.Server.Credentials;

namespace Yaopai.Server.Accounts;

/// <summary>Accounts, each stored and read whole with its phone numbers. Every change is announced in the change feed.</summary>
internal interface IAccountStore
{
    Task<Account?> FindAsync(long id, CancellationToken ct);

    Task<Account?> FindByNameAsync(string name, CancellationToken ct);

    /// <summary>The account that the number is bound to.</summary>
    Task<Account?> FindByPhoneAsync(string callingCode, string national, CancellationToken ct);

    Task<IReadOnlyList<Account>> ListAsync(long after, int take, CancellationToken ct);

    /// <summary>The same of those that the filter takes.</summary>
    Task<IReadOnlyList<Account>> ListAsync(AccountFilter filter, long after, int take, CancellationToken ct);

    /// <summary>False when the id, the name or a bound phone number is taken.</summary>
    Task<bool> TryAddAsync(Account account, CancellationToken ct);

    /// <summary>
    /// Stores the account as given, but for its password, which may be another by now, and for whether it is recycled: phone numbers no
    /// longer in it are removed; apps that may know a bound number that changes are told. False when there is none, or on a clash as above.
    /// </summary>
    Task<bool> TryChangeAsync(Account account, CancellationToken ct);

    /// <summary>Changes the account as it is at that moment, so that of two changes at once neither is lost.
    /// Answers what is stored now; null when there is none, when the change answers so, or on a clash as above.</summary>
    /// <param name="change">May be asked again, where the first try did not come to its end.</param>
    Task<Account?> ChangeAsync(long id, Func<Account, Account?> change, CancellationToken ct);

    /// <summary>The same, and gives it this password's hash.</summary>
    Task<Account?> ChangeAsync(long id, Func<Account, Account?> change, string passwordHash, CancellationToken ct);

    /// <summary>Replaces the hash by another one of the same password. False when it is another by now.</summary>
    Task<bool> TryRehashAsync(long id, string before, string after, CancellationToken ct);

    /// <summary>
    /// Replaces the hash by one of another password, stores the revocation of all that the account had, and tells every app that it trusts,
    /// in one transaction. False when the hash is another by now.
    /// </summary>
    Task<bool> TryChangePasswordAsync(Revocation revocation, string before, string after, CancellationToken ct);

    /// <summary>
    /// Removes the account with its phone numbers, real name, Access Key, sign-ins, second factor, friends, bindings, preferences and
    /// consents, stores the revocation of all that it had, and tells every app that it trusted, in one transaction. False when there is
    /// none.
    /// </summary>
    Task<bool> TryDeleteAsync(Revocation revocation, CancellationToken ct);
}
