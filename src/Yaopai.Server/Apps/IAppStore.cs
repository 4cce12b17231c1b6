namespace Yaopai.Server.Apps;

/// <summary>Apps, each stored and read whole with its secrets. Every change is announced in the change feed.</summary>
internal interface IAppStore
{
    Task<App?> FindAsync(long id, CancellationToken ct);

    /// <summary>Up to <paramref name="take"/> apps with an id above <paramref name="after"/>, by id.</summary>
    Task<IReadOnlyList<App>> ListAsync(long after, int take, CancellationToken ct);

    /// <summary>The same of those that the filter takes.</summary>
    Task<IReadOnlyList<App>> ListAsync(AppFilter filter, long after, int take, CancellationToken ct);

    /// <summary>The apps of a developer.</summary>
    Task<IReadOnlyList<long>> ListOfDeveloperAsync(long developerId, CancellationToken ct);

    /// <summary>False when the id is taken.</summary>
    Task<bool> TryAddAsync(App app, CancellationToken ct);

    /// <summary>Stores the app as given, secrets included, but for how long it is frozen. False when there is none.</summary>
    Task<bool> TryChangeAsync(App app, CancellationToken ct);

    /// <summary>Changes the app as it is at that moment, so that of two changes at once neither is lost. Null when there is none, or the
    /// change answers so.</summary>
    /// <param name="change">May be asked again, where the first try did not come to its end.</param>
    Task<App?> ChangeAsync(long id, Func<App, App?> change, CancellationToken ct);

    /// <summary>Freezes the app until then, and leaves all else of it as it is by now.</summary>
    Task FreezeAsync(long id, DateTimeOffset until, CancellationToken ct);
}

/// <summary>Developers and the groups they are linked in.</summary>
internal interface IDeveloperStore
{
    Task<Developer?> FindAsync(long id, CancellationToken ct);

    Task<IReadOnlyList<Developer>> ListAsync(long after, int take, CancellationToken ct);

    /// <summary>The same of those that the filter takes.</summary>
    Task<IReadOnlyList<Developer>> ListAsync(OwnerFilter filter, long after, int take, CancellationToken ct);

    Task<bool> TryAddAsync(Developer developer, CancellationToken ct);

    Task<bool> TryChangeAsync(Developer developer, CancellationToken ct);

    /// <summary>As in <see cref="IAppStore"/>.</summary>
    Task<Developer?> ChangeAsync(long id, Func<Developer, Developer?> change, CancellationToken ct);
}

/// <summary>Account groups.</summary>
internal interface IAccountGroupStore
{
    Task<AccountGroup?> FindAsync(long id, CancellationToken ct);

    Task<IReadOnlyList<AccountGroup>> ListAsync(long after, int take, CancellationToken ct);

    /// <summary>The same of those that the filter takes.</summary>
    Task<IReadOnlyList<AccountGroup>> ListAsync(OwnerFilter filter, long after, int take, CancellationToken ct);

    Task<bool> TryAddAsync(AccountGroup group, CancellationToken ct);

    Task<bool> TryChangeAsync(AccountGroup group, CancellationToken ct);

    /// <summary>As in <see cref="IAppStore"/>.</summary>
    Task<AccountGroup?> ChangeAsync(long id, Func<AccountGroup, AccountGroup?> change, CancellationToken ct);
}
