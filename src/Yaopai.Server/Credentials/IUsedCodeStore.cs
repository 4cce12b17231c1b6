namespace Yaopai.Server.Credentials;

/// <summary>Authorization codes that were used: kept only as long as a code lives.</summary>
internal interface IUsedCodeStore
{
    /// <summary>Claims the code for this caller, durably, grouped with others that wait.
    /// False when another caller was first, on any node.</summary>
    Task<bool> TryUseAsync(long appId, Guid codeId, DateTimeOffset keepUntil, CancellationToken ct);

    Task<bool> IsUsedAsync(long appId, Guid codeId, CancellationToken ct);
}
