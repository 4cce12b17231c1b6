using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Yaopai.Server.Administration;

namespace Yaopai.Server.Admin.Resources;

/// <summary>The audit log as people and programs see it.</summary>
internal static class AuditFields
{
    public static IReadOnlyList<Field> Of(AuditEntry entry) =>
    [
        new("sequence",      entry.Sequence),
        new("at",            entry.Record.At),
        new("at_ms",         entry.Record.At.ToUnixTimeMilliseconds()), // as it is hashed
        new("actor_kind",    entry.Record.Actor.Kind),
        new("actor_id",      entry.Record.Actor.Id),
        new("actor_name",    entry.Record.Actor.Name),
        new("address",       entry.Record.Actor.Address),
        new("action",        entry.Record.Action),
        new("object_kind",   entry.Record.ObjectKind),
        new("object_id",     entry.Record.ObjectId),
        new("outcome",       AuditChain.OutcomeOf(entry.Record.Outcome)),
        new("before",        entry.Record.Before),
        new("after",         entry.Record.After),
        new("previous_hash", Convert.ToHexStringLower(entry.PreviousHash)),
        new("hash",          Convert.ToHexStringLower(entry.Hash)),
    ];

    public static IReadOnlyList<Field> Of(AuditVerdict verdict) =>
    [
        new("holds",     verdict.Fault is null),
        new("checked",   verdict.Checked),
        new("head",      $"{verdict.Head.Sequence}:{Convert.ToHexStringLower(verdict.Head.Hash)}"),
        new("broken_at", verdict.BrokenAt),
        new("fault",     verdict.Fault is { } fault ? Say(fault, verdict.BrokenAt!.Value) : null),
    ];

    /// <summary>What is wrong from which entry on.</summary>
    public static string Say(AuditFault fault, long sequence) => fault switch
    {
        AuditFault.Missing => $"Entry {sequence} is missing.",
        AuditFault.Changed => $"Entry {sequence} was changed.",
        AuditFault.Unlinked => $"Entry {sequence} follows another entry than the one that was before it.",
        AuditFault.EndMoved => $"The chain does not end where it did: entry {sequence} was removed, or added by hand.",
        AuditFault.Rewritten => $"Entry {sequence} is not the one that was remembered: the chain was written anew.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>Reads what <c>head</c> shows.</summary>
    public static bool TryReadHead(string text, [NotNullWhen(true)] out AuditHead? head)
    {
        head = null;
        var colon = text.IndexOf(':');
        if (colon < 1 || text.Length != colon + 1 + (2 * AuditChain.HashLength) || !text[(colon + 1)..].All(char.IsAsciiHexDigit)
            || !long.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            return false;

        head = new(sequence, Convert.FromHexString(text[(colon + 1)..]));
        return true;
    }
}
