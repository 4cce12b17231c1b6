using System.Globalization;
using Yaopai.Errors;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;

namespace Yaopai.Server.Admin.Api;

/// <summary><c>/audit</c>: what was changed, by whom.</summary>
internal sealed class AuditResource(IAuditStore store, AuditVerification verification) : IAdminResource
{
    private static readonly Member[] s_filters =
    [
        new("actor_id",    ValueKind.Text,    "Only what this admin key, or this user of the machine, did."),
        new("action",      ValueKind.Text,    "Only this action: app.change."),
        new("object_kind", ValueKind.Text,    "Only what was done to things of this kind: app."),
        new("object_id",   ValueKind.Text,    "Only what was done to the thing with this id."),
        new("since",       ValueKind.Instant, "Only what was done then or later."),
        new("until",       ValueKind.Instant, "Only what was done before then."),
    ];

    private static readonly Member[] s_answer =
    [
        new("sequence",      ValueKind.Number,  "From 1, without gaps."),
        new("at",            ValueKind.Instant, "When it was done."),
        new("at_ms",         ValueKind.Number,  "The same in milliseconds since 1970, as it is hashed."),
        new("actor_kind",    ValueKind.Text,    "Who did it: an admin key, or somebody at the command line.")
            { Words = [Actor.OfKey, Actor.OfCommandLine] },
        new("actor_id",      ValueKind.Text,    "The id of the key; the user of the operating system."),
        new("actor_name",    ValueKind.Text,    "The name of the key; empty at the command line."),
        new("address",       ValueKind.Text,    "From where; at the command line the name of the machine."),
        new("action",        ValueKind.Text,    "What was done."),
        new("object_kind",   ValueKind.Text,    "To what."),
        new("object_id",     ValueKind.Text,    "To which."),
        new("outcome",       ValueKind.Text,    "Done; unknown where the server or its database went away in the middle of it.")
            { Words = ["done", "unknown"] },
        new("before",        ValueKind.Text,    "What it was, as JSON without secrets, to the letter as it is hashed.")
            { IsNullable = true },
        new("after",         ValueKind.Text,    "What it is since.") { IsNullable = true },
        new("previous_hash", ValueKind.Text,    "The hash of the entry before."),
        new("hash",          ValueKind.Text,    "SHA-256 of that and of all values of this entry."),
    ];

    public IReadOnlyList<AdminOperation> Operations =>
    [
        new("audit.list", "GET", "/audit", AdminAccess.Read, "Lists the entries, newest first.", ListAsync)
        {
            Query = s_filters,
            Form = AnswerForm.Page,
            Answer = s_answer,
        },
        new("audit.verify", "GET", "/audit/verification", AdminAccess.Read,
            "Follows the chain of hashes, and names the first entry that was changed, removed or added.", VerifyAsync)
        {
            Form = AnswerForm.Plain,
            Query =
            [
                new("head", ValueKind.Text, "Where the chain ended when you last looked: it must still have that entry.")
                    { FaultOf = text => AuditFields.TryReadHead(text, out _) ? null : "must be a sequence and a hash, as head shows them" },
            ],
            Answer =
            [
                new("holds",     ValueKind.Flag,   "Whether every link holds."),
                new("checked",   ValueKind.Number, "How many entries hold before the first that does not."),
                new("head",      ValueKind.Text,   "Where the chain ends: worth keeping elsewhere."),
                new("broken_at", ValueKind.Number, "The first entry that does not hold.") { IsNullable = true },
                new("fault",     ValueKind.Text,   "Why not.") { IsNullable = true },
            ],
        },
        new("audit.show", "GET", "/audit/{sequence}", AdminAccess.Read, "Shows an entry.", ShowAsync)
        {
            Answer = s_answer,
            Errors = [OperatorErrors.Audit.EntryUnknown],
        },
    ];

    private async Task<AdminAnswer> ListAsync(AdminCall call)
    {
        await store.SweepAsync(call.Ct);
        var query = new AuditQuery
        {
            ActorId = call.Query.Text("actor_id"),
            Action = call.Query.Text("action"),
            ObjectKind = call.Query.Text("object_kind"),
            ObjectId = call.Query.Text("object_id"),
            Since = call.Query.Instant("since"),
            Until = call.Query.Instant("until"),
        };
        return await call.PageAsync(
            (before, take) => store.ListAsync(query, before, take, call.Ct), entry => entry.Sequence, AuditFields.Of, first: long.MaxValue);
    }

    private async Task<AdminAnswer> VerifyAsync(AdminCall call)
    {
        var remembered = call.Query.Text("head") is { } text && AuditFields.TryReadHead(text, out var head) ? head : null;
        return AdminAnswer.Plain(AuditFields.Of(await verification.RunAsync(remembered, call.Ct)));
    }

    private async Task<AdminAnswer> ShowAsync(AdminCall call) =>
        long.TryParse(call.Path("sequence"), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
        && await store.FindAsync(sequence, call.Ct) is { } entry
            ? AdminAnswer.One(AuditFields.Of(entry))
            : throw new CommandException(
                OperatorErrors.Audit.EntryUnknown, $"The audit log has no entry {Table.Printable(call.Path("sequence"))}.");
}
