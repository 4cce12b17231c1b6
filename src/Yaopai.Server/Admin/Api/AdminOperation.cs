using Yaopai.Errors;

namespace Yaopai.Server.Admin.Api;

/// <summary>What an operation answers.</summary>
internal enum AnswerForm
{
    /// <summary>One thing, with its ETag.</summary>
    One,

    /// <summary>One thing that has no version.</summary>
    Plain,

    /// <summary>A page of things, and where the next one begins.</summary>
    Page,

    /// <summary>All of few things.</summary>
    List,

    /// <summary>Done, with nothing to show.</summary>
    Nothing,
}

/// <summary>One operation of the admin API: the row from which it is routed, guarded, read, documented and tested.</summary>
/// <param name="Id">Unique: <c>app.change</c>.</param>
/// <param name="Path">Below <c>/admin/v1</c>, with names in braces.</param>
internal sealed record AdminOperation(
    string Id, string Method, string Path, AdminAccess Access, string Summary, Func<AdminCall, Task<AdminAnswer>> HandleAsync)
{
    /// <summary>Members of the body; null for an operation that reads none.</summary>
    public IReadOnlyList<Member>? Body { get; init; }

    public IReadOnlyList<Member> Query { get; init; } = [];

    public AnswerForm Form { get; init; } = AnswerForm.One;

    /// <summary>Of the thing that is answered.</summary>
    public IReadOnlyList<Member> Answer { get; init; } = [];

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>A change that a caller who has not looked could do without knowing what it takes away.</summary>
    public bool NeedsVersion { get; init; }

    /// <summary>What it may refuse, beyond what every operation does.</summary>
    public IReadOnlyList<ErrorDefinition> Errors { get; init; } = [];

    public bool IsChange => Method is not "GET";

    /// <summary>With what pages have in common.</summary>
    public IReadOnlyList<Member> Parameters =>
        Form is AnswerForm.Page ? [.. Query, AdminCursor.Parameter, AdminCall.LimitParameter] : Query;
}

/// <summary>Some of the operations, which belong together.</summary>
internal interface IAdminResource
{
    IReadOnlyList<AdminOperation> Operations { get; }
}
