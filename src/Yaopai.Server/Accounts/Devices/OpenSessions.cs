using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using Yaopai.Server.Apps;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Accounts.Devices;

/// <summary>The list of a person's sessions. Where they were begun is sealed: an address is personal.</summary>
internal sealed class OpenSessions(IOpenSessionStore store, KeyRing keys, IAppClock clock)
{
    /// <summary>More than a person has browsers.</summary>
    public const int Most = 100;

    private const int LongestAgent = 512;

    public Task AddAsync(
        long accountId, Guid id, DateTimeOffset validSince, TimeSpan lifetime, IPAddress peer, string agent, CancellationToken ct)
    {
        var place = new SessionPlace($"{SignInTraces.Plain(peer)}", agent[..Math.Min(agent.Length, LongestAgent)]);
        var @sealed = keys.SealPersonal(OwnerOf(accountId, id), JsonSerializer.SerializeToUtf8Bytes(place));
        var now = clock.Now;
        return store.AddAsync(new OpenSession(accountId, id, validSince, now, now + lifetime, @sealed), ct);
    }

    public Task<IReadOnlyList<OpenSession>> ListAsync(long accountId, CancellationToken ct) =>
        store.ListAsync(accountId, clock.Now, Most, ct);

    /// <summary>Null where its key is gone: the session goes on, and where it was begun nobody knows any more.</summary>
    public async ValueTask<SessionPlace?> PlaceOfAsync(OpenSession session, CancellationToken ct)
    {
        try
        {
            return await keys.OpenPersonalAsync(OwnerOf(session.AccountId, session.Id), session.Place, ct) is { } plain
                ? JsonSerializer.Deserialize<SessionPlace>(plain)
                : null;
        }
        catch (KeyLostException)
        {
            return null;
        }
    }

    public Task RemoveAsync(long accountId, Guid id, CancellationToken ct) => store.RemoveAsync(accountId, id, ct);

    private static byte[] OwnerOf(long accountId, Guid id)
    {
        var label = "session\0"u8;
        var owner = new byte[label.Length + sizeof(long) + 16];
        label.CopyTo(owner);
        BinaryPrimitives.WriteInt64BigEndian(owner.AsSpan(label.Length), accountId);
        id.TryWriteBytes(owner.AsSpan(label.Length + sizeof(long)));
        return owner;
    }
}
