using Yaopai.Errors;
using Yaopai.Server.Admin.Resources;

namespace Yaopai.Server.Admin.Api;

/// <summary><c>/keys</c>: the installation's keys, which turn by themselves every day.</summary>
internal sealed class KeyResource(KeyAdministration keys) : IAdminResource
{
    private static readonly Member[] s_answer =
    [
        new("kind",       ValueKind.Text,    "What it is for."),
        new("state",      ValueKind.Text,    "Where it is in its life.") { Words = ["prepared", "active", "published", "retired", "lost"] },
        new("valid_from", ValueKind.Instant, "From when on it is used."),
        new("made_for",   ValueKind.Text,    "The day that it was made for, and the number within the day."),
        new("id",         ValueKind.Text,    "As tokens name it; empty for the identifier key."),
    ];

    public IReadOnlyList<AdminOperation> Operations =>
    [
        new("key.list", "GET", "/keys", AdminAccess.ReadKeys, "Lists the keys, but not their values.", ListAsync)
        {
            Form = AnswerForm.List,
            Answer = s_answer,
        },
        new("key.rotate", "POST", "/keys/{kind}/rotate", AdminAccess.Own,
            "Creates a new key at once. Everything sealed or signed earlier stays valid, also for anyone who holds a leaked key.",
            RotateAsync)
        {
            Form = AnswerForm.Plain,
            Answer = s_answer,
            Errors = [OperatorErrors.AdminApi.AddressUnknown],
        },
    ];

    private async Task<AdminAnswer> ListAsync(AdminCall call) =>
        AdminAnswer.List((await keys.ListAsync(call.Ct)).Select(KeyAdministration.FieldsOf));

    private async Task<AdminAnswer> RotateAsync(AdminCall call) => KeyAdministration.Kinds.Contains(call.Path("kind"))
        ? AdminAnswer.Plain(KeyAdministration.FieldsOf(await keys.RotateAsync(call.Actor, call.Path("kind"), call.Ct)))
        : throw new CommandException(
            OperatorErrors.AdminApi.AddressUnknown,
            $"The kinds of keys that can be rotated are {string.Join(", ", KeyAdministration.Kinds)}.");
}
