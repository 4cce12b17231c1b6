namespace Yaopai.Server.Credentials;

/// <summary>A time of which nothing counts that was issued in it: the database was put back to before it.</summary>
internal readonly record struct VoidSpan(DateTimeOffset After, DateTimeOffset Until)
{
    public bool Holds(DateTimeOffset instant) => instant > After && instant <= Until;
}

/// <summary>Those times; for the sandbox.</summary>
internal interface IVoidSpanStore
{
    Task<IReadOnlyList<VoidSpan>> ListAsync(CancellationToken ct);

    /// <summary>Adds it, together with those that it meets as one.</summary>
    Task AddAsync(VoidSpan span, CancellationToken ct);
}
