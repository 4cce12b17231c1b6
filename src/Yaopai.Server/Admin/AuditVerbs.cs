using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;

namespace Yaopai.Server.Admin;

/// <summary><c>audit</c>: what was changed, by whom.</summary>
internal static class AuditVerbs
{
    public const string Noun = "audit";

    public static Command Command(Shell shell) => new(Noun, "The audit log: every change, by the command line or the admin API.")
    {
        List(shell),
        Verify(shell),
    };

    private static Command List(Shell shell)
    {
        var before = Inputs.IdOf("--before", "Continues before this entry, the last one on the previous page.");
        var actor = Inputs.Text("--actor", "id", "Only what this admin key, or this user of the machine, did.", Formats.Name);
        var action = Inputs.Text("--action", "name", "Only this action: app.change.", Formats.Name);
        var kind = Inputs.Text("--object-kind", "kind", "Only what was done to things of this kind: app.", Formats.Name);
        var id = Inputs.Text("--object", "id", "Only what was done to the thing with this id.", Formats.Name);

        return shell.Verb("list", "Lists the entries, newest first.", [before, actor, action, kind, id, shell.Take],
            async (platform, result, ct) =>
            {
                var query = new AuditQuery
                {
                    ActorId = result.GetValue(actor),
                    Action = result.GetValue(action),
                    ObjectKind = result.GetValue(kind),
                    ObjectId = result.GetValue(id),
                };
                var store = platform.Get<IAuditStore>();
                await store.SweepAsync(ct);
                var found = await store.ListAsync(
                    query, result.GetValue(before) ?? long.MaxValue, result.GetValue(shell.Take), ct);
                var rows = found.Select(AuditFields.Of).ToList();
                await shell.Out.WriteAsync(result.GetValue(shell.Json)
                    ? Fields.ToJson(rows)
                    : Table.Of(rows, "sequence", "at", "actor_id", "actor_name", "action", "object_kind", "object_id", "outcome"));
            });
    }

    private static Command Verify(Shell shell)
    {
        var remembered = Inputs.Text("--head", "sequence:hash",
            "Where the chain ended when you last looked: it must still have that entry. Whoever can write in the database can make another "
            + "chain that holds, but none with this entry.", HeadFault);

        return shell.Verb("verify",
            "Follows the chain of hashes from its beginning to its end, and names the first entry that was changed, removed or added.",
            [remembered], async (platform, result, ct) =>
            {
                var known = result.GetValue(remembered) is { } text && AuditFields.TryReadHead(text, out var head) ? head : null;
                var verdict = await platform.Get<AuditVerification>().RunAsync(known, ct);
                if (verdict.Fault is { } fault)
                    throw new CommandException(OperatorErrors.Audit.ChainBroken, AuditFields.Say(fault, verdict.BrokenAt!.Value));

                await shell.ShowAsync(result, AuditFields.Of(verdict));
            });
    }

    private static string? HeadFault(string text) =>
        AuditFields.TryReadHead(text, out _) ? null : "must be a sequence and a hash, as verify shows them: 42:9f86d081…";
}
