namespace Yaopai.Testing;

/// <summary>Something that breaks, as it is asked for and as it is listed: either <see cref="Error"/> or <see cref="Fault"/>.</summary>
public sealed record YaopaiFault
{
    /// <summary>An operation (<c>huawei.token</c>), a surface (<c>huawei</c>), or <c>*</c>.</summary>
    public string Target { get; init; } = "*";

    /// <summary>A documented error of the target, by its number: <c>1101/12304</c>, <c>http/503</c>.</summary>
    public string? Error { get; init; }

    /// <summary>A fault by its name: <c>reset</c>, <c>storage-down</c>, <c>wrong-iss</c>; <c>GET /sandbox/faults/kinds</c> lists
    /// them.</summary>
    public string? Fault { get; init; }

    /// <summary>For faults that take time, up to ten minutes.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Ends after this many requests; null for no end.</summary>
    public int? Times { get; init; }

    /// <summary>Strikes this often, above 0 and up to 1; null for always.</summary>
    public double? Probability { get; init; }

    /// <summary>Repeats what <see cref="Probability"/> draws.</summary>
    public int? Seed { get; init; }

    /// <summary>Strikes requests of this app alone; null for all, in a world for all of the world.</summary>
    public string? ClientId { get; init; }

    /// <summary>The number that the sandbox gave it; 0 before.</summary>
    public int Id { get; init; }

    /// <summary>How many requests it struck.</summary>
    public int Struck { get; init; }
}
