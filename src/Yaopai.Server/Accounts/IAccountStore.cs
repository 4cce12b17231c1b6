namespace Yaopai.Server.Accounts;

/// <summary>Accounts, each stored and read whole with its phone numbers. Every change is announced in the change feed.</summary>
internal interface IAccountStore
{
    Task<Account?> FindAsync(long id, CancellationToken ct);

    Task<Account?> FindByNameAsync(string name, CancellationToken ct);

    /// <summary>The account that the number is bound to.</summary>
    Task<Account?> FindByPhoneAsync(string callingCode, string national, CancellationToken ct);

    Task<IReadOnlyList<Account>> ListAsync(long after, int take, CancellationToken ct);

    /// <summary>False when the id, the name or a bound phone number is taken.</summary>
    Task<bool> TryAddAsync(Account account, CancellationToken ct);

    /// <summary>Stores the account as given: phone numbers no longer in it are removed. False when there is none, or on a clash as above.</summary>
    Task<bool> TryChangeAsync(Account account, CancellationToken ct);

    /// <summary>Replaces the password's hash, and nothing else. False when it is another by now.</summary>
    Task<bool> TryChangePasswordAsync(long id, string before, string after, CancellationToken ct);
}
