namespace Yaopai.Server.Organisations;

/// <summary>A part of an organisation. Its number is unique in the tenant and never used again; the root has number 0 and no row.</summary>
internal sealed record Department
{
    public const long Root = 0;

    public required long TenantId { get; init; }

    /// <summary>Given when it is added.</summary>
    public long Number { get; init; }

    public long Parent { get; init; } = Root;

    /// <summary>The customer's own code of it; unique in the tenant.</summary>
    public string? CorpCode { get; init; }

    public required string Name { get; init; }

    public string NameEn { get; init; } = "";

    /// <summary>The user id of the member who leads it.</summary>
    public string? Manager { get; init; }

    /// <summary>Among its sisters, the lowest first.</summary>
    public int Position { get; init; } = LastPosition;

    /// <summary>Who may see it: 1, 2 or 3.</summary>
    public int VisibleRange { get; init; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>1 for those right below the root. Read only.</summary>
    public int Level { get; init; }

    /// <summary>Read only.</summary>
    public bool HasChildren { get; init; }

    public const int LastPosition = 1000;
}

/// <summary>Some of the departments below another, and how many there are in all.</summary>
internal sealed record DepartmentPage(IReadOnlyList<Department> Departments, long Total);

internal enum DepartmentOutcome
{
    Done,

    /// <summary>The tenant or the department is not there.</summary>
    Missing,

    /// <summary>The department that it is to be below is not there.</summary>
    ParentMissing,

    /// <summary>It would be below itself.</summary>
    InCircle,

    /// <summary>Another department has the customer's code.</summary>
    CodeTaken,

    /// <summary>One that has departments or members stays.</summary>
    NotEmpty,
}
