using Yaopai.Server.Credentials;

namespace Yaopai.Server.Accounts;

/// <summary>Accounts that were put away.</summary>
internal interface IRecycledAccountStore
{
    /// <summary>
    /// Puts the account away, stores the revocation of all that it had, and tells every app that it trusts, in one transaction. False when
    /// there is none, or it is away already.
    /// </summary>
    Task<bool> TryRecycleAsync(Revocation revocation, DateTimeOffset at, CancellationToken ct);

    /// <summary>False when it is not away, or has been since this instant or longer.</summary>
    Task<bool> TryRestoreAsync(long id, DateTimeOffset since, CancellationToken ct);

    /// <summary>Those put away at this instant or before.</summary>
    Task<IReadOnlyList<long>> ListAsync(DateTimeOffset until, int take, CancellationToken ct);
}
