namespace Yaopai.Server.Organisations;

/// <summary>Departments. Moving one moves what is below it, and changes one row.</summary>
internal interface IDepartmentStore
{
    Task<Department?> FindAsync(long tenantId, long number, CancellationToken ct);

    /// <summary>Those of the numbers that are departments. Their levels are left at 0.</summary>
    Task<IReadOnlyList<Department>> FindByNumbersAsync(long tenantId, IReadOnlyCollection<long> numbers, CancellationToken ct);

    /// <summary>By the customer's own codes; those that are none are left out. Their levels are left at 0.</summary>
    Task<IReadOnlyList<Department>> FindByCorpCodesAsync(long tenantId, IReadOnlyCollection<string> codes, CancellationToken ct);

    /// <summary>Adds it where its number is 0, and says which it got; changes it where not.</summary>
    Task<(DepartmentOutcome Outcome, long Number)> PutAsync(Department department, CancellationToken ct);

    Task<DepartmentOutcome> DeleteAsync(long tenantId, long number, CancellationToken ct);
}

/// <summary>How departments stand below each other.</summary>
internal interface IDepartmentTree
{
    /// <summary>Those right below, by their positions; or all below, level by level.</summary>
    Task<DepartmentPage> ListAsync(long tenantId, long parent, bool recursive, long skip, int take, CancellationToken ct);

    /// <summary>The way from the root down to it, itself included and the root not. Empty for the root, and where there is none.</summary>
    Task<IReadOnlyList<Department>> PathAsync(long tenantId, long number, CancellationToken ct);
}
