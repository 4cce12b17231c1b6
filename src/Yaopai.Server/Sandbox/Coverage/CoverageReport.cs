using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Journal;

namespace Yaopai.Server.Sandbox.Coverage;

/// <summary>Which documented errors an app has met, operation by operation.</summary>
internal sealed record CoverageReport(IReadOnlyList<CoveredOperation> Operations)
{
    public int Documented => Operations.Sum(operation => operation.Errors.Count);

    public int Met => Operations.Sum(operation => operation.Met);

    /// <param name="met">What was met, and where.</param>
    /// <param name="operations">Of which the documents are asked.</param>
    /// <param name="audience">Null for errors that anybody can mend.</param>
    public static CoverageReport Of(IReadOnlyList<MetOperation> met, IEnumerable<IOperation> operations, Audience? audience)
    {
        var calls = met.ToDictionary(one => one.Operation);
        return new CoverageReport(
        [
            .. from operation in operations
               let called = calls.GetValueOrDefault(operation)
               let errors = ErrorCatalogue.All
                   .Where(error => operation.Documented.Contains(error) && IsError(error) && IsFor(error, audience))
                   .Select(error => new CoveredError(error, called?.Met.TryGetValue(error, out var meeting) is true ? meeting : null))
                   .ToList()
               where errors.Count > 0
               select new CoveredOperation(operation.Target, called?.Calls ?? 0, errors),
        ]);
    }

    private static bool IsFor(ErrorDefinition error, Audience? audience) => audience is null || error.Audience == audience;

    /// <summary>The catalogue lists successes too, and what becomes of things in the background.</summary>
    private static bool IsError(ErrorDefinition error) => error is { Name: not "Ok", Http: not 0 };
}

internal sealed record CoveredOperation(string Operation, long Calls, IReadOnlyList<CoveredError> Errors)
{
    public int Met => Errors.Count(error => error.Meeting is not null);
}

/// <param name="Meeting">Null for an error that was not met.</param>
internal sealed record CoveredError(ErrorDefinition Definition, Meeting? Meeting);
