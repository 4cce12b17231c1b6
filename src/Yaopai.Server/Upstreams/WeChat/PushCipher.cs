using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Upstreams.WeChat;

/// <summary>The encrypted mode of pushes: AES-256-CBC over 16 random bytes, a length, the message, and whom it is for.</summary>
internal sealed class PushCipher
{
    private const int Block = 32; // the padding is of 32 bytes, although AES has blocks of 16
    private const int Random = 16;
    private const int Head = Random + sizeof(int);

    private readonly byte[] _key;
    private readonly byte[] _weChatAppId;

    public PushCipher(string encodingAesKey, string weChatAppId)
    {
        _key = KeyOf(encodingAesKey) ?? throw new ArgumentException("No EncodingAESKey.", nameof(encodingAesKey));
        _weChatAppId = Encoding.UTF8.GetBytes(weChatAppId);
    }

    /// <summary>Whether it has the 43 characters that a key of 32 bytes has.</summary>
    public static bool IsKey(string encodingAesKey) => KeyOf(encodingAesKey) is not null;

    public string Encrypt(string message)
    {
        var text = Encoding.UTF8.GetBytes(message);
        var length = Head + text.Length + _weChatAppId.Length;
        var padding = Block - (length % Block);
        var plain = new byte[length + padding];
        Randomness.Fill(plain.AsSpan(0, Random));
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(Random), text.Length);
        text.CopyTo(plain, Head);
        _weChatAppId.CopyTo(plain, Head + text.Length);
        plain.AsSpan(length).Fill((byte)padding);

        using var aes = Aes.Create();
        aes.Key = _key;
        return Convert.ToBase64String(aes.EncryptCbc(plain, _key.AsSpan(0, Random), PaddingMode.None));
    }

    /// <summary>Null for what is not encrypted with this key, or not for this account.</summary>
    public string? Decrypt(string encrypted)
    {
        var bytes = new byte[encrypted.Length];
        if (!Convert.TryFromBase64String(encrypted, bytes, out var length) || length is 0 || length % Random != 0)
            return null;

        using var aes = Aes.Create();
        aes.Key = _key;
        ReadOnlySpan<byte> plain = aes.DecryptCbc(bytes.AsSpan(0, length), _key.AsSpan(0, Random), PaddingMode.None);
        var padding = plain[^1];
        if (padding is 0 or > Block || plain.Length - padding < Head || plain[^padding..].ContainsAnyExcept(padding))
            return null;

        plain = plain[..^padding];
        var text = BinaryPrimitives.ReadInt32BigEndian(plain[Random..]);
        return text >= 0 && text <= plain.Length - Head && plain[(Head + text)..].SequenceEqual(_weChatAppId)
            ? Encoding.UTF8.GetString(plain.Slice(Head, text))
            : null;
    }

    private static byte[]? KeyOf(string encodingAesKey)
    {
        var key = new byte[Block];
        return encodingAesKey.Length is 43 && Convert.TryFromBase64String(encodingAesKey + "=", key, out var length) && length is Block
            ? key
            : null;
    }
}
