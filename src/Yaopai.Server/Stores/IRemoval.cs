namespace Yaopai.Server.Stores;

/// <summary>What is to go, by ids.</summary>
internal sealed record Belongings
{
    public IReadOnlyList<long> Accounts { get; init; } = [];

    public IReadOnlyList<long> Apps { get; init; } = [];

    public IReadOnlyList<long> Developers { get; init; } = [];

    public IReadOnlyList<long> Groups { get; init; } = [];

    public IReadOnlyList<long> Tenants { get; init; } = [];
}

/// <summary>Removes apps, people and organisations with all that is theirs, in one transaction. For the sandbox.</summary>
internal interface IRemoval
{
    /// <summary>What is not there is passed over. Revocations stay, so that nothing of them works when an id comes again.</summary>
    Task RemoveAsync(Belongings what, CancellationToken ct);
}
