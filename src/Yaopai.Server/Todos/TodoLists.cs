using Yaopai.Server.Apps;

namespace Yaopai.Server.Todos;

/// <summary>What apps ask members of a tenant to do.</summary>
internal sealed class TodoLists(ITodoStore store, IAppClock clock, TimeProvider time)
{
    /// <summary>Beside the milliseconds, for numbers that grow with the time.</summary>
    private const int RandomBits = 18;

    /// <summary>How much longer than it is there a task is kept: clocks of nodes differ, and the sandbox moves them.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    /// <summary>Null when the member has that task.</summary>
    public async Task<Todo?> AddAsync(TodoKey key, long appId, TodoText text, TodoName userName, CancellationToken ct)
    {
        var now = clock.Now;
        var todo = new Todo
        {
            Key = key,
            Id = (now.ToUnixTimeMilliseconds() << RandomBits) + Randomness.GetInt32(1 << RandomBits),
            AppId = appId,
            Text = text,
            UserName = userName,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return await store.TryAddAsync(todo, KeepUntil, ct) ? todo : null;
    }

    public Task<Todo?> FindAsync(TodoKey key, CancellationToken ct) => store.FindAsync(key, clock.Now, ct);

    /// <summary>The task of one of the members who have it: of this app where there is one.</summary>
    public Task<Todo?> FindAnyAsync(long tenantId, string taskId, long appId, CancellationToken ct) =>
        store.FindAnyAsync(tenantId, taskId, appId, clock.Now, ct);

    /// <summary>A page of what a member has to do, the latest first.</summary>
    public Task<IReadOnlyList<Todo>> OpenAsync(long tenantId, string userId, long? before, int take, CancellationToken ct) =>
        store.OpenAsync(tenantId, userId, clock.Now, before ?? long.MaxValue, take, ct);

    /// <summary>The task as it is when it is done; null when it is there no more.</summary>
    /// <param name="userName">Null for the one that it has.</param>
    public async Task<Todo?> FinishAsync(Todo todo, TodoName? userName, CancellationToken ct)
    {
        var now = clock.Now;
        var done = todo with { UserName = userName ?? todo.UserName, UpdatedAt = now, DoneAt = todo.DoneAt ?? now };
        return await store.TryFinishAsync(done, now, KeepUntil, ct) ? done : null;
    }

    /// <summary>False when the app has no such task any more.</summary>
    /// <param name="userId">For this member alone; null for all who have it.</param>
    public async Task<bool> TryRemoveAsync(long tenantId, long appId, string taskId, string? userId, CancellationToken ct) =>
        await store.RemoveAsync(tenantId, appId, taskId, userId, clock.Now, ct) > 0;

    private DateTimeOffset KeepUntil => time.GetUtcNow().AddMonths(Todo.Months) + s_margin;
}
