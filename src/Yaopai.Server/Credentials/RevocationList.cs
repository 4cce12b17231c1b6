using System.Collections.Concurrent;

namespace Yaopai.Server.Credentials;

/// <summary>The latest revocations, in memory: checking a code, or a token that was made lately, asks nobody.</summary>
internal sealed class RevocationList(TimeProvider time) : IRevocationListener
{
    /// <summary>Longer than any code lives, and most access tokens. What is older is looked up in the database.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(2);

    /// <summary>Clocks of nodes differ, and what is heard of was written a moment before.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<Subject, Entry> _entries = new();
    private volatile VoidSpan[] _void = [];
    private long _tidiedAt = time.GetUtcNow().UtcTicks;

    /// <summary>Takes a revocation that this node wrote, or heard of from another.</summary>
    public void OnRevoked(Revocation revocation)
    {
        var entry = new Entry(revocation.Before, time.GetUtcNow());
        _entries.AddOrUpdate(
            new Subject(revocation.AppId, revocation.AccountId, revocation.GrantId),
            static (_, heard) => heard,
            static (_, known, heard) => known.Before >= heard.Before ? known : heard,
            entry);
        Tidy(entry.HeardAt);
    }

    /// <summary>False for what is so old that a revocation of it may have been forgotten here.</summary>
    public bool Remembers(Credential credential) => time.GetUtcNow() - credential.ValidSince < Memory - s_margin;

    /// <summary>Times of which nothing counts, instead of those before.</summary>
    public void SetVoid(IEnumerable<VoidSpan> spans) => _void = [.. spans];

    public bool IsRevoked(Credential credential)
    {
        if (IsVoid(credential))
            return true;

        if (_entries.IsEmpty)
            return false;

        // From the narrowest to the widest: one pair, an app's hold on a person, a person, an app, everything.
        return IsRevoked(new(credential.AppId, credential.AccountId, credential.GrantId), credential)
            || (credential.AccountId != 0 && IsRevoked(new(credential.AppId, credential.AccountId, Guid.Empty), credential))
            || (credential.AccountId != 0 && IsRevoked(new(0, credential.AccountId, Guid.Empty), credential))
            || IsRevoked(new(credential.AppId, 0, Guid.Empty), credential)
            || (credential.AppId != 0 && IsRevoked(new(0, 0, Guid.Empty), credential));
    }

    /// <summary>True when the consent, the person's sign-ins or the app's grants were revoked since;
    /// a revoked pair alone does not count.</summary>
    public bool IsGrantRevoked(Credential credential) =>
        IsVoid(credential) || (!_entries.IsEmpty && IsRevoked(credential with { GrantId = Guid.Empty }));

    /// <summary>Whether it was issued in a time of which nothing counts.</summary>
    public bool IsVoid(Credential credential)
    {
        foreach (var span in _void)
        {
            if (span.Holds(credential.ValidSince))
                return true;
        }

        return false;
    }

    public void Clear() => _entries.Clear();

    private bool IsRevoked(Subject subject, Credential credential) =>
        _entries.TryGetValue(subject, out var entry) && credential.ValidSince <= entry.Before;

    private void Tidy(DateTimeOffset now)
    {
        var last = Interlocked.Read(ref _tidiedAt);
        if (now.UtcTicks - last < TimeSpan.TicksPerMinute || Interlocked.CompareExchange(ref _tidiedAt, now.UtcTicks, last) != last)
            return;

        foreach (var (subject, entry) in _entries)
        {
            if (now - entry.HeardAt > Memory)
                _entries.TryRemove(KeyValuePair.Create(subject, entry));
        }
    }

    private readonly record struct Subject(long AppId, long AccountId, Guid GrantId);

    private readonly record struct Entry(DateTimeOffset Before, DateTimeOffset HeardAt);
}
