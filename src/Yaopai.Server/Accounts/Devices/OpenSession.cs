namespace Yaopai.Server.Accounts.Devices;

/// <summary>A sign-in at the pages as its person finds it in a list. What holds and what does not, revocations say.</summary>
/// <param name="Id">The session's grant id.</param>
/// <param name="ValidSince">As the session itself has it.</param>
/// <param name="Place">Sealed.</param>
internal sealed record OpenSession(
    long AccountId, Guid Id, DateTimeOffset ValidSince, DateTimeOffset BeganAt, DateTimeOffset ExpiresAt, byte[] Place);

/// <summary>From where somebody signed in.</summary>
/// <param name="Agent">What the browser says of itself.</param>
internal sealed record SessionPlace(string Address, string Agent);

/// <summary>Sessions that were begun and have not expired.</summary>
internal interface IOpenSessionStore
{
    Task AddAsync(OpenSession session, CancellationToken ct);

    /// <summary>The latest first.</summary>
    Task<IReadOnlyList<OpenSession>> ListAsync(long accountId, DateTimeOffset now, int take, CancellationToken ct);

    Task RemoveAsync(long accountId, Guid id, CancellationToken ct);
}
