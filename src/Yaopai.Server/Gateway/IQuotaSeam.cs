namespace Yaopai.Server.Gateway;

/// <summary>Where the sandbox spends quotas. Asked in the caller's own context before every call that is counted.</summary>
internal interface IQuotaSeam
{
    /// <summary>Whether nothing is left of any quota that the request under way would take from.</summary>
    bool IsSpent { get; }
}
