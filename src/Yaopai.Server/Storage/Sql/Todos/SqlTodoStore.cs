using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Todos;

namespace Yaopai.Server.Storage.Sql.Todos;

internal sealed class SqlTodoStore(Database database) : ITodoStore
{
    private const string Select = TodoRow.Select;

    public Task<bool> TryAddAsync(Todo todo, DateTimeOffset keepUntil, CancellationToken ct) => database.TryWriteAsync(
        async session =>
        {
            // What has expired and is not purged yet is nobody's any more.
            await session.ExecuteAsync(
                """
                DELETE FROM todo
                 WHERE tenant_id = @TenantId AND task_id = @TaskId AND user_id = @UserId AND expires_at <= @now
                """, new { todo.Key.TenantId, todo.Key.TaskId, todo.Key.UserId, now = todo.CreatedAt.ToMilliseconds() });
            return await session.ExecuteAsync(
                """
                INSERT INTO todo (tenant_id, task_id, user_id, id, app_id, title, description, app_name, details_url, desktop_url,
                                  business_code, user_name_zh, user_name_en, applicant_id, applicant_name_zh, applicant_name_en,
                                  applicant_number, applicant_is_hidden, created_at, updated_at, done_at, expires_at, bucket)
                VALUES (@TenantId, @TaskId, @UserId, @Id, @AppId, @Title, @Description, @AppName, @DetailsUrl, @DesktopUrl,
                        @BusinessCode, @userNameZh, @userNameEn, @applicantId, @applicantNameZh, @applicantNameEn,
                        @applicantNumber, @applicantIsHidden, @createdAt, @updatedAt, @doneAt, @expiresAt, @bucket)
                ON CONFLICT (tenant_id, task_id, user_id) DO NOTHING
                """, TodoRow.Of(todo, keepUntil)) == 1;
        }, ct);

    public async Task<Todo?> FindAsync(TodoKey key, DateTimeOffset now, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<TodoRow>(
            $"""
            {Select}
             WHERE tenant_id = @TenantId AND task_id = @TaskId AND user_id = @UserId AND expires_at > @now
            """, new { key.TenantId, key.TaskId, key.UserId, now = now.ToMilliseconds() }), ct))?.ToTodo();

    public async Task<Todo?> FindAnyAsync(long tenantId, string taskId, long appId, DateTimeOffset now, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<TodoRow>(
            $"""
            {Select}
             WHERE tenant_id = @tenantId AND task_id = @taskId AND expires_at > @now
             ORDER BY CASE WHEN app_id = @appId THEN 0 ELSE 1 END, user_id
             LIMIT 1
            """, new { tenantId, taskId, appId, now = now.ToMilliseconds() }), ct))?.ToTodo();

    public async Task<IReadOnlyList<Todo>> OpenAsync(
        long tenantId, string userId, DateTimeOffset now, long before, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<TodoRow>(
               $"""
               {Select}
                WHERE tenant_id = @tenantId AND user_id = @userId AND id < @before AND done_at IS NULL AND expires_at > @now
                ORDER BY id DESC
                LIMIT @take
               """, new { tenantId, userId, before, now = now.ToMilliseconds(), take = (long)take }), ct)
           select row.ToTodo(),
    ];

    public Task<bool> TryFinishAsync(Todo todo, DateTimeOffset now, DateTimeOffset keepUntil, CancellationToken ct) =>
        database.TryWriteAsync(
            async session => await session.ExecuteAsync(
                """
                UPDATE todo
                   SET user_name_zh = @userNameZh,
                       user_name_en = @userNameEn,
                       updated_at   = @updatedAt,
                       done_at      = @doneAt,
                       expires_at   = @expiresAt,
                       bucket       = @bucket
                 WHERE tenant_id = @TenantId AND task_id = @TaskId AND user_id = @UserId AND id = @Id AND app_id = @AppId
                   AND expires_at > @now
                """,
                new
                {
                    todo.Key.TenantId,
                    todo.Key.TaskId,
                    todo.Key.UserId,
                    todo.Id,
                    todo.AppId,
                    userNameZh = todo.UserName.Zh,
                    userNameEn = todo.UserName.En,
                    updatedAt = todo.UpdatedAt.ToMilliseconds(),
                    doneAt = todo.DoneAt.ToMilliseconds(),
                    expiresAt = todo.ExpiresAt.ToMilliseconds(),
                    bucket = Bucket.Of(keepUntil),
                    now = now.ToMilliseconds(),
                }) == 1, ct);

    public Task<int> RemoveAsync(
        long tenantId, long appId, string taskId, string? userId, DateTimeOffset now, CancellationToken ct) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            DELETE FROM todo
             WHERE tenant_id = @tenantId AND task_id = @taskId AND app_id = @appId AND expires_at > @now
               AND (@user = '' OR user_id = @user)
            """, new { tenantId, appId, taskId, user = userId ?? "", now = now.ToMilliseconds() }), ct);
}
