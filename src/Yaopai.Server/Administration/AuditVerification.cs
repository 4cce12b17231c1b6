namespace Yaopai.Server.Administration;

/// <summary>Why the chain does not hold.</summary>
internal enum AuditFault
{
    /// <summary>Its sequence is skipped.</summary>
    Missing,

    /// <summary>It says something else than when it was written.</summary>
    Changed,

    /// <summary>It follows another entry than the one that stands before it.</summary>
    Unlinked,

    /// <summary>The chain ends elsewhere than its head says: the last entries are gone, or were added by hand.</summary>
    EndMoved,

    /// <summary>The chain no longer has the entry that somebody remembered.</summary>
    Rewritten,
}

/// <param name="Checked">How many entries were looked at.</param>
/// <param name="Head">Where the chain ends: worth keeping elsewhere.</param>
/// <param name="Fault">Null where every link holds.</param>
/// <param name="BrokenAt">The sequence of the first link that does not hold.</param>
internal sealed record AuditVerdict(long Checked, AuditHead Head, AuditFault? Fault, long? BrokenAt);

/// <summary>Follows the chain from its beginning to its end.</summary>
internal sealed class AuditVerification(IAuditStore store)
{
    private const int Slice = 500;

    /// <param name="remembered">Where the chain ended at some time before; null to hold it against itself alone. Whoever can write in the
    /// database can make another chain that holds, but not one that ends in the same hash.</param>
    public async Task<AuditVerdict> RunAsync(AuditHead? remembered, CancellationToken ct)
    {
        await store.SweepAsync(ct);

        // Read first: what is appended meanwhile lies behind it, and is looked at too.
        var head = await store.HeadAsync(ct);
        var last = AuditHead.Empty;
        IReadOnlyList<AuditEntry> slice;
        do
        {
            slice = await store.ReadAsync(last.Sequence, Slice, ct);
            foreach (var entry in slice)
            {
                if (FaultOf(entry, last, head, remembered) is { } fault)
                    return new(last.Sequence, head, fault, fault is AuditFault.Missing ? last.Sequence + 1 : entry.Sequence);

                last = new(entry.Sequence, entry.Hash);
            }
        }
        while (slice.Count == Slice);

        return last.Sequence < head.Sequence ? new(last.Sequence, head, AuditFault.EndMoved, last.Sequence + 1)
            : last.Sequence < remembered?.Sequence ? new(last.Sequence, head, AuditFault.Rewritten, last.Sequence + 1)
            : await EndsAsync(last, ct)
            ? new(last.Sequence, last, null, null)
            : new(last.Sequence, head, AuditFault.EndMoved, last.Sequence);
    }

    private static AuditFault? FaultOf(AuditEntry entry, AuditHead last, AuditHead head, AuditHead? remembered) =>
        entry.Sequence != last.Sequence + 1 ? AuditFault.Missing
        : !entry.PreviousHash.SequenceEqual(last.Hash) ? AuditFault.Unlinked
        : !entry.Hash.SequenceEqual(AuditChain.HashOf(entry.Sequence, entry.Record, entry.PreviousHash)) ? AuditFault.Changed
        : entry.Sequence == head.Sequence && !entry.Hash.SequenceEqual(head.Hash) ? AuditFault.EndMoved
        : entry.Sequence == remembered?.Sequence && !entry.Hash.SequenceEqual(remembered.Hash) ? AuditFault.Rewritten
        : null;

    /// <summary>Whether the head has got as far as the last entry: an entry that was added by hand is behind it for good.</summary>
    private async Task<bool> EndsAsync(AuditHead last, CancellationToken ct) => (await store.HeadAsync(ct)).Sequence >= last.Sequence;
}
