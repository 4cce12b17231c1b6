namespace Yaopai.Server.Todos;

/// <summary>Whom a task is for, and which of an app's tasks it is. A task may be for several, once each.</summary>
internal readonly record struct TodoKey(long TenantId, string TaskId, string UserId);

/// <summary>A name in Chinese and in English.</summary>
internal sealed record TodoName(string Zh, string En)
{
    public static TodoName None { get; } = new("", "");
}

/// <summary>Who asks for the task to be done.</summary>
/// <param name="Number">What else they are known by.</param>
internal sealed record Applicant(string UserId, TodoName Name, string Number, bool IsShown);

/// <summary>What the app says of a task.</summary>
internal sealed record TodoText
{
    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>As the app calls itself in this.</summary>
    public string AppName { get; init; } = "";

    /// <summary>Where the task is done.</summary>
    public string DetailsUrl { get; init; } = "";

    /// <summary>Where it is done on a desktop; empty for the same place.</summary>
    public string DesktopUrl { get; init; } = "";

    /// <summary>The kind of business that it is of.</summary>
    public string BusinessCode { get; init; } = "";

    public required Applicant Applicant { get; init; }
}

/// <summary>Something that a member of a tenant is asked to do.</summary>
internal sealed record Todo
{
    /// <summary>From the last change on, a task is there for so many months.</summary>
    public const int Months = 3;

    public required TodoKey Key { get; init; }

    /// <summary>The number of this task of this member. Larger than those of before.</summary>
    public required long Id { get; init; }

    /// <summary>The app that made it: no other changes it.</summary>
    public required long AppId { get; init; }

    public required TodoText Text { get; init; }

    /// <summary>The member's name, as the app has it.</summary>
    public TodoName UserName { get; init; } = TodoName.None;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    public DateTimeOffset ExpiresAt => UpdatedAt.AddMonths(Months);
}
