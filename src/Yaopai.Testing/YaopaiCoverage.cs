namespace Yaopai.Testing;

/// <summary>Which documented errors of the operations that were called were met.</summary>
/// <param name="Met">How many were.</param>
/// <param name="Documented">Of how many.</param>
/// <param name="Operations">One by one.</param>
public sealed record YaopaiCoverage(int Met, int Documented, IReadOnlyList<YaopaiCoveredOperation> Operations)
{
    /// <summary>The errors that were never met, as <c>huawei.token 1101/20155 CodeExpired</c>.</summary>
    public IEnumerable<string> Missing =>
        from operation in Operations
        from error in operation.Errors
        where error.Count == 0
        select $"{operation.Operation} {error.Number} {error.Name}";
}

/// <summary>The documented errors of one operation.</summary>
/// <param name="Operation">Such as <c>huawei.token</c>.</param>
/// <param name="Calls">How often it was called.</param>
/// <param name="Met">How many of its errors were met.</param>
/// <param name="Documented">Of how many.</param>
/// <param name="Errors">One by one.</param>
public sealed record YaopaiCoveredOperation(
    string Operation, long Calls, int Met, int Documented, IReadOnlyList<YaopaiCoveredError> Errors);

/// <summary>A documented error, and whether it was met.</summary>
/// <param name="Number">Such as <c>1101/20155</c>.</param>
/// <param name="Name">Such as <c>CodeExpired</c>.</param>
/// <param name="Zh">What it means, in Chinese.</param>
/// <param name="En">What it means, in English.</param>
/// <param name="Audience">Who can mend it: <c>caller</c>, <c>user</c> or <c>operator</c>.</param>
/// <param name="Retry">Whether the same request may succeed later.</param>
/// <param name="Page">The path of its page.</param>
/// <param name="Count">How often it was met; 0 for never.</param>
/// <param name="First">When first.</param>
/// <param name="Last">When last.</param>
public sealed record YaopaiCoveredError(
    string Number, string Name, string Zh, string En, string Audience, string Retry, string Page, long Count, DateTimeOffset? First,
    DateTimeOffset? Last);

/// <summary>Which documented errors are asked for; what is null does not matter.</summary>
public sealed record YaopaiCoverageQuery
{
    /// <summary>Of every operation, also of those that were never called.</summary>
    public bool AllOperations { get; init; }

    /// <summary>One of <see cref="YaopaiSurface"/>.</summary>
    public string? Surface { get; init; }

    /// <summary>Such as <c>huawei.token</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>Errors that the <c>caller</c>, the <c>user</c> or the <c>operator</c> can mend.</summary>
    public string? Audience { get; init; }
}
