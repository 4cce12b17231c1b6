using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Todos;

namespace Yaopai.Server.Storage.Sql.Todos;

internal sealed class TodoRow
{
    public const string Select =
        """
        SELECT tenant_id, task_id, user_id, id, app_id, title, description, app_name, details_url, desktop_url, business_code,
               user_name_zh, user_name_en, applicant_id, applicant_name_zh, applicant_name_en, applicant_number, applicant_is_hidden,
               created_at, updated_at, done_at
          FROM todo
        """;

    public long TenantId { get; init; }
    public string TaskId { get; init; } = "";
    public string UserId { get; init; } = "";
    public long Id { get; init; }
    public long AppId { get; init; }
    public string Title { get; init; } = "";
    public string Description { get; init; } = "";
    public string AppName { get; init; } = "";
    public string DetailsUrl { get; init; } = "";
    public string DesktopUrl { get; init; } = "";
    public string BusinessCode { get; init; } = "";
    public string UserNameZh { get; init; } = "";
    public string UserNameEn { get; init; } = "";
    public string ApplicantId { get; init; } = "";
    public string ApplicantNameZh { get; init; } = "";
    public string ApplicantNameEn { get; init; } = "";
    public string ApplicantNumber { get; init; } = "";
    public long ApplicantIsHidden { get; init; }
    public long CreatedAt { get; init; }
    public long UpdatedAt { get; init; }
    public long? DoneAt { get; init; }

    public static object Of(Todo todo, DateTimeOffset keepUntil) => new
    {
        todo.Key.TenantId,
        todo.Key.TaskId,
        todo.Key.UserId,
        todo.Id,
        todo.AppId,
        todo.Text.Title,
        todo.Text.Description,
        todo.Text.AppName,
        todo.Text.DetailsUrl,
        todo.Text.DesktopUrl,
        todo.Text.BusinessCode,
        userNameZh = todo.UserName.Zh,
        userNameEn = todo.UserName.En,
        applicantId = todo.Text.Applicant.UserId,
        applicantNameZh = todo.Text.Applicant.Name.Zh,
        applicantNameEn = todo.Text.Applicant.Name.En,
        applicantNumber = todo.Text.Applicant.Number,
        applicantIsHidden = todo.Text.Applicant.IsShown ? 0L : 1L,
        createdAt = todo.CreatedAt.ToMilliseconds(),
        updatedAt = todo.UpdatedAt.ToMilliseconds(),
        doneAt = todo.DoneAt.ToMilliseconds(),
        expiresAt = todo.ExpiresAt.ToMilliseconds(),
        bucket = Bucket.Of(keepUntil),
    };

    public Todo ToTodo() => new()
    {
        Key = new(TenantId, TaskId, UserId),
        Id = Id,
        AppId = AppId,
        Text = new()
        {
            Title = Title,
            Description = Description,
            AppName = AppName,
            DetailsUrl = DetailsUrl,
            DesktopUrl = DesktopUrl,
            BusinessCode = BusinessCode,
            Applicant = new(ApplicantId, new(ApplicantNameZh, ApplicantNameEn), ApplicantNumber, IsShown: ApplicantIsHidden is 0),
        },
        UserName = new(UserNameZh, UserNameEn),
        CreatedAt = Instants.FromMilliseconds(CreatedAt),
        UpdatedAt = Instants.FromMilliseconds(UpdatedAt),
        DoneAt = Instants.FromMilliseconds(DoneAt),
    };
}
