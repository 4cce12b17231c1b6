using System.Buffers.Binary;
using System.Text;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Accounts.RealNames;

/// <summary>Real names, sealed on their way into the database and opened on their way out.</summary>
internal sealed class RealNameDirectory(IRealNameStore store, KeyRing keys)
{
    public Task PutAsync(RealName realName, CancellationToken ct) => store.PutAsync(
        new StoredRealName(
            realName.AccountId,
            keys.SealPersonal(OwnerOf(realName.AccountId), Encoding.UTF8.GetBytes(realName.Number + realName.Name)),
            realName.Level, realName.State, realName.ChangedAt),
        ct);

    public Task<StoredRealName?> FindAsync(long accountId, CancellationToken ct) => store.FindAsync(accountId, ct);

    /// <summary>Null when it does not open: it was changed, belongs to another account, or its key is gone.</summary>
    public async ValueTask<RealName?> OpenAsync(StoredRealName stored, CancellationToken ct)
    {
        if (await keys.OpenPersonalAsync(OwnerOf(stored.AccountId), stored.Sealed, ct) is not { } plain)
            return null;

        // The number has one length, and so needs no end.
        var text = Encoding.UTF8.GetString(plain);
        var (number, name) = (text[..ResidentIdentityNumber.Length], text[ResidentIdentityNumber.Length..]);
        return new RealName(stored.AccountId, name, number, stored.Level, stored.State, stored.ChangedAt);
    }

    public Task<bool> TryRemoveAsync(long accountId, CancellationToken ct) => store.TryRemoveAsync(accountId, ct);

    private static byte[] OwnerOf(long accountId)
    {
        var label = "real name\0"u8;
        var owner = new byte[label.Length + sizeof(long)];
        label.CopyTo(owner);
        BinaryPrimitives.WriteInt64BigEndian(owner.AsSpan(label.Length), accountId);
        return owner;
    }
}
