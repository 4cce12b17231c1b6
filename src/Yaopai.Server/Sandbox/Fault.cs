using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox.Worlds;

namespace Yaopai.Server.Sandbox;

/// <summary>Something broken on purpose, and for whom.</summary>
/// <param name="Target"><c>huawei.token</c>, <c>huawei</c> or <c>*</c>.</param>
/// <param name="Error">For <see cref="FaultKind.Error"/>: its number, <c>1101/20155</c> or <c>http/503</c>.</param>
/// <param name="Delay">For a kind that takes time: how much.</param>
/// <param name="Until">When it mends itself (wall clock).</param>
/// <param name="World">The world whose apps alone it strikes; null for a fault that is in none.</param>
internal sealed record Fault(
    int Id, string Target, FaultKind Kind, string? Error, TimeSpan Delay, int? Times, double? Probability, int? Seed, DateTimeOffset? Until,
    long? ClientId, World? World = null)
{
    /// <summary>The target of a fault that strikes every operation.</summary>
    public const string Everywhere = "*";

    private readonly Lock _lock = new();
    private readonly Random _random = Seed is { } seed ? new Random(seed) : new Random();
    private int _struck;

    public FaultSort? Sort { get; } = Kind is FaultKind.Error ? null : FaultKinds.Of(Kind);

    public int Struck => _struck;

    public bool IsOver(DateTimeOffset now) => now >= Until || _struck >= Times;

    /// <summary>Whether it is for this caller. One for everybody strikes once: before the client is known.</summary>
    /// <param name="reader">Whoever reads what is everybody's, as far as they say so.</param>
    public bool IsFor(long? clientId, long? reader) => World is null && ClientId is null
        ? clientId is null
        : (clientId ?? reader) is { } caller && (ClientId ?? caller) == caller && World?.Apps.Contains(caller) is not false;

    public bool IsForTheSameAs(Fault other) => ClientId == other.ClientId && World?.Id == other.World?.Id;

    /// <summary>Whether the operation is the target, or of the surface that is.</summary>
    public static bool Concerns(string target, IOperation operation) => target is Everywhere || operation.Target == target
        || (operation.Target.StartsWith(target, StringComparison.Ordinal) && operation.Target[target.Length] is '.');

    /// <summary>Throws the dice and counts.</summary>
    public bool TryStrike(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (IsOver(now) || (Probability is { } probability && _random.NextDouble() >= probability))
                return false;

            _struck++;
            return true;
        }
    }
}
