using Yaopai.Server.Stores;

namespace Yaopai.Server.Administration;

/// <summary>Recognises admin keys. Each use reads the database, so that a key that is revoked is nowhere good any more.</summary>
internal sealed class AdminKeys(IAdminKeyStore store, TimeProvider time)
{
    private static readonly TimeSpan s_useNoted = TimeSpan.FromMinutes(1);

    /// <summary>Null for what is no key, a wrong secret, and a key that expired or was revoked: which it is nobody learns.</summary>
    /// <param name="address">From where it is shown.</param>
    public async Task<AdminKey?> RecogniseAsync(string text, string address, CancellationToken ct)
    {
        if (!AdminKeyText.TryRead(text, out var id, out var secret))
            return null;

        var now = time.GetUtcNow();
        var key = await store.FindAsync(id, ct);
        if (!AdminKeyText.Matches(key, secret, now) || !key!.HoldsAt(now))
            return null;

        if (!(now - key.LastUsedAt < s_useNoted) || key.LastAddress != address)
            await NoteAsync(id, now, address, ct);
        return key;
    }

    /// <summary>Nothing hangs on it: who only reads is served while nothing can be written.</summary>
    private async Task NoteAsync(long id, DateTimeOffset now, string address, CancellationToken ct)
    {
        try
        {
            await store.TouchAsync(id, now, address, ct);
        }
        catch (StorageException)
        {
        }
    }
}
