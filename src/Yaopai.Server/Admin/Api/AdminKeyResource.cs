using Yaopai.Errors;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;

namespace Yaopai.Server.Admin.Api;

/// <summary><c>/admin-keys</c>: who may use this API.</summary>
internal sealed class AdminKeyResource(AdminKeyAdministration keys) : IAdminResource
{
    private static readonly ErrorDefinition[] s_unknown = [OperatorErrors.AdminKeys.AdminKeyUnknown];

    private static readonly Member s_expiry = new("expires_at", ValueKind.Instant, "When it ends; never by default.");

    private static readonly Member[] s_answer =
    [
        new("id",           ValueKind.Text,    "The id of the key: 16 hexadecimal digits."),
        new("name",         ValueKind.Text,    "Whose it is."),
        new("role",         ValueKind.Text,    "What it may do.") { Words = AdminRoles.Names },
        new("state",        ValueKind.Text,    "Whether it holds.") { Words = ["enabled", "expired", "revoked"] },
        new("created_at",   ValueKind.Instant, "When it was created."),
        new("expires_at",   ValueKind.Instant, "When it ends.") { IsNullable = true },
        new("rotated_at",   ValueKind.Instant, "When it was given its present secret, if that is not its first.") { IsNullable = true },
        new("previous_secret_until", ValueKind.Instant, "Until when the secret before holds, too.") { IsNullable = true },
        new("last_used_at", ValueKind.Instant, "When it was last used, to the minute.") { IsNullable = true },
        new("last_address", ValueKind.Text,    "From where.") { IsNullable = true },
        new("revoked_at",   ValueKind.Instant, "When it was revoked.") { IsNullable = true },
    ];

    private static readonly Member s_key = new("key", ValueKind.Text, "The key, shown once.") { IsSecret = true };

    public IReadOnlyList<AdminOperation> Operations =>
    [
        new("admin-key.list", "GET", "/admin-keys", AdminAccess.ReadKeys, "Lists the admin keys, but not their secrets.", ListAsync)
        {
            Form = AnswerForm.Page,
            Answer = s_answer,
        },
        new("admin-key.create", "POST", "/admin-keys", AdminAccess.Own, "Creates an admin key and shows it once.", CreateAsync)
        {
            Body =
            [
                new("name", ValueKind.Text, "Whose it is; unique among the keys that are not revoked.")
                    { IsRequired = true, FaultOf = Formats.Name },
                new("role", ValueKind.Text, "What it may do.") { IsRequired = true, Words = AdminRoles.Names },
                s_expiry,
            ],
            Answer = [.. s_answer, s_key],
            Status = StatusCodes.Status201Created,
            Errors = [OperatorErrors.AdminKeys.NameTaken, OperatorErrors.AdminKeys.ExpiryPassed],
        },
        new("admin-key.show", "GET", "/admin-keys/{id}", AdminAccess.ReadKeys, "Shows an admin key, but not its secret.", ShowAsync)
        {
            Answer = s_answer,
            Errors = s_unknown,
        },
        new("admin-key.rotate", "POST", "/admin-keys/{id}/rotate", AdminAccess.Own,
            "Gives an admin key a new secret and shows it once.", RotateAsync)
        {
            Body =
            [
                new("overlap_seconds", ValueKind.Number, "For how long the present secret still holds; a day by default, 0 ends it now.")
                    { Most = (long)AdminKeyAdministration.LongestOverlap.TotalSeconds },
                s_expiry,
            ],
            Answer = [.. s_answer, s_key],
            Errors = [.. s_unknown, OperatorErrors.AdminKeys.AdminKeyEnded, OperatorErrors.AdminKeys.ExpiryPassed],
        },
        new("admin-key.revoke", "POST", "/admin-keys/{id}/revoke", AdminAccess.Own, "Ends an admin key at once and for good.", RevokeAsync)
        {
            Answer = s_answer,
            Errors = s_unknown,
        },
    ];

    private static long IdOf(AdminCall call) => AdminKeyText.TryReadId(call.Path("id"), out var id)
        ? id
        : throw CommandException.NotFound(AdminKeyAdministration.Kind, Table.Printable(call.Path("id")));

    private Task<AdminAnswer> ListAsync(AdminCall call) =>
        call.PageAsync((after, take) => keys.ListAsync(after, take, call.Ct), key => key.Id, keys.FieldsOf);

    private async Task<AdminAnswer> CreateAsync(AdminCall call)
    {
        var (key, text) = await keys.CreateAsync(
            call.Actor, call.Body.Text("name")!, AdminRoles.Named(call.Body.Text("role")!), call.Body.Instant("expires_at"), call.Ct);
        return AdminAnswer.Created(
            $"{AdminRoutes.Base}/admin-keys/{AdminKeyText.Id(key.Id)}", keys.FieldsOf(key), Field.Secret(s_key.Name, text));
    }

    private async Task<AdminAnswer> ShowAsync(AdminCall call) =>
        AdminAnswer.One(keys.FieldsOf(await keys.FindAsync(IdOf(call), call.Ct)));

    private async Task<AdminAnswer> RotateAsync(AdminCall call)
    {
        var overlap = call.Body.Number("overlap_seconds") is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : AdminKeyAdministration.UsualOverlap;
        var (key, text) = await keys.RotateAsync(call.Actor, IdOf(call), overlap, call.Body.Instant("expires_at"), call.Ct);
        return AdminAnswer.One(keys.FieldsOf(key), Field.Secret(s_key.Name, text));
    }

    private async Task<AdminAnswer> RevokeAsync(AdminCall call) =>
        AdminAnswer.One(keys.FieldsOf(await keys.RevokeAsync(call.Actor, IdOf(call), call.Ct)));
}
