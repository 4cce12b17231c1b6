using System.Buffers.Binary;
using System.Text;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Apps;

/// <summary>Client secrets that calls are signed with.</summary>
/// <remarks>
/// Checking such a signature takes the secret itself; for everything else its hash is enough. So an app that signs has a sealed
/// copy kept, under keys of the installation that never leave it, and no other app has.
/// </remarks>
internal sealed class SigningSecrets(KeyRing keys)
{
    public byte[] Seal(long appId, string secret) => keys.SealPersonal(OwnerOf(appId), Encoding.UTF8.GetBytes(secret));

    /// <summary>The live secrets, newest first. One that does not open,
    /// because it belongs to another app or its key is gone, is none.</summary>
    public async ValueTask<IReadOnlyList<string>> OpenAsync(App app, CancellationToken ct)
    {
        var secrets = new List<string>(app.SigningSecrets.Count);
        foreach (var @sealed in app.SigningSecrets)
        {
            if (await keys.OpenPersonalAsync(OwnerOf(app.Id), @sealed, ct) is { } plain)
                secrets.Add(Encoding.UTF8.GetString(plain));
        }

        return secrets;
    }

    private static byte[] OwnerOf(long appId)
    {
        var label = "signing secret\0"u8;
        var owner = new byte[label.Length + sizeof(long)];
        label.CopyTo(owner);
        BinaryPrimitives.WriteInt64BigEndian(owner.AsSpan(label.Length), appId);
        return owner;
    }
}
