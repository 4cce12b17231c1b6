using System.Security.Cryptography;
using System.Text.Json;

namespace Yaopai.Server.Upstreams.WeChat;

/// <summary>What WeChat encrypts for a mini program, and its page hands on: AES-128-CBC under the session key.</summary>
internal static class OpenData
{
    private const int BytesOfKey = 16;
    private const int LongestData = 16 * 1024;

    /// <summary>Null for what does not open, is no JSON object, or was made for another mini program. There is no saying which:
    /// whoever could tell a wrong padding from a wrong content could read what it was given by asking often.</summary>
    public static JsonElement? Open(string sessionKey, string iv, string encryptedData, string weChatAppId)
    {
        if (Decode(sessionKey) is not { Length: BytesOfKey } key || Decode(iv) is not { Length: BytesOfKey } vector
            || encryptedData.Length > LongestData || Decode(encryptedData) is not { Length: > 0 } data)
            return null;

        using var aes = Aes.Create();
        aes.Key = key;
        try
        {
            using var document = JsonDocument.Parse(aes.DecryptCbc(data, vector));
            var root = document.RootElement;
            return root.Find("watermark")?.Text("appid") == weChatAppId ? root.Clone() : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
