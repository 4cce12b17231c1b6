using System.Buffers.Binary;
using System.Text;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Upstreams;

/// <summary>Seals what belongs to an app's account with another platform. It opens for this account and this purpose alone.</summary>
internal sealed class UpstreamSeal(KeyRing keys)
{
    public byte[] Seal(string purpose, long appId, string kind, ReadOnlySpan<byte> plain) =>
        keys.SealPersonal(OwnerOf(purpose, appId, kind), plain);

    /// <summary>Null for what was sealed for something else, or under a key that is gone.</summary>
    public ValueTask<byte[]?> OpenAsync(string purpose, long appId, string kind, byte[] @sealed, CancellationToken ct) =>
        keys.OpenPersonalAsync(OwnerOf(purpose, appId, kind), @sealed, ct);

    private static byte[] OwnerOf(string purpose, long appId, string kind)
    {
        var label = Encoding.UTF8.GetBytes($"upstream\0{purpose}\0{kind}\0");
        var owner = new byte[label.Length + sizeof(long)];
        label.CopyTo(owner, 0);
        BinaryPrimitives.WriteInt64BigEndian(owner.AsSpan(label.Length), appId);
        return owner;
    }
}
