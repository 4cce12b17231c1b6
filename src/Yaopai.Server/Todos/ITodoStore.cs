namespace Yaopai.Server.Todos;

/// <summary>Tasks of members: one of an id for each member of a tenant. What has expired is not there.</summary>
internal interface ITodoStore
{
    /// <summary>False when the member has that task.</summary>
    Task<bool> TryAddAsync(Todo todo, DateTimeOffset keepUntil, CancellationToken ct);

    Task<Todo?> FindAsync(TodoKey key, DateTimeOffset now, CancellationToken ct);

    /// <summary>The task of one of the members who have it: of this app where there is one.</summary>
    Task<Todo?> FindAnyAsync(long tenantId, string taskId, long appId, DateTimeOffset now, CancellationToken ct);

    /// <summary>A page of what a member has to do, the latest first.</summary>
    /// <param name="before">Only older ones, by their number.</param>
    Task<IReadOnlyList<Todo>> OpenAsync(long tenantId, string userId, DateTimeOffset now, long before, int take, CancellationToken ct);

    /// <summary>Stores that the task is done, and what else it says now. False when it is there no more.</summary>
    Task<bool> TryFinishAsync(Todo todo, DateTimeOffset now, DateTimeOffset keepUntil, CancellationToken ct);

    /// <summary>Removes the app's task, whomever it is for, and answers how many had it.</summary>
    /// <param name="userId">For this member alone; null for all.</param>
    Task<int> RemoveAsync(long tenantId, long appId, string taskId, string? userId, DateTimeOffset now, CancellationToken ct);
}
