using Yaopai.Server.Stores;

namespace Yaopai.Server.Accounts;

/// <summary>Accounts by id, the busy ones kept in memory until they change.</summary>
internal sealed class AccountDirectory(IAccountStore store) : IChangeListener
{
    private readonly ReadThroughCache<long, Account> _accounts = new(50_000, store.FindAsync);

    public ValueTask<Account?> FindAsync(long id, CancellationToken ct) => _accounts.FindAsync(id, ct);

    public void OnChanged(Change change)
    {
        if (change.Kind is ChangeKind.Account)
            _accounts.Forget(change.Id);
    }

    public void Clear() => _accounts.Clear();
}
