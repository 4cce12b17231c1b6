using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Yaopai.Server.Upstreams.WeChat;

/// <summary>What stands in the query of a push.</summary>
internal sealed record PushQuery(string? Signature, string? Timestamp, string? Nonce, string? MessageSignature);

internal enum PushOutcome
{
    Read,

    /// <summary>The account takes no pushes, or somebody else signed this one.</summary>
    Forged,

    /// <summary>Signed well, and still not what WeChat sends.</summary>
    Malformed,

    /// <summary>For another account than the one whose address it came to.</summary>
    OtherAccount,
}

/// <summary>Something that a person did with an official account.</summary>
/// <param name="ToUserName">The account's original id.</param>
/// <param name="FromUserName">The person's OpenID.</param>
internal sealed record PushMessage(
    string ToUserName, string FromUserName, DateTimeOffset CreatedAt, string MessageType, string? Event, string? EventKey, string? Ticket)
{
    public const int LongestBody = 64 * 1024;

    private const string FollowedByScan = "qrscene_";

    /// <summary>The scene of the QR code that was scanned; null when this is about something else.</summary>
    public string? Scene => (MessageType, Event) switch
    {
        ("event", "SCAN") => EventKey,
        ("event", "subscribe") when EventKey?.StartsWith(FollowedByScan, StringComparison.Ordinal) is true =>
            EventKey[FollowedByScan.Length..],
        _ => null,
    };

    /// <summary>Whether the one who knows the token asks if we do too.</summary>
    public static bool IsHandshake(WeChatAccount account, PushQuery query) =>
        account.PushToken is { } token && PushSignature.Holds(query.Signature, token, query.Timestamp ?? "", query.Nonce ?? "");

    /// <summary>Reads a push of the account. Nothing of the body is looked at before the signature holds.</summary>
    public static (PushOutcome Outcome, PushMessage? Message) Read(WeChatAccount account, PushQuery query, string body)
    {
        if (!IsHandshake(account, query))
            return (PushOutcome.Forged, null);

        if (body.Length > LongestBody || ReadXml(body) is not { } fields)
            return (PushOutcome.Malformed, null);

        if (account.EncodingAesKey is { } key)
        {
            // Once there is a key, who leaves out the encryption is not WeChat.
            var encrypted = fields.GetValueOrDefault("Encrypt") ?? "";
            if (!PushSignature.Holds(query.MessageSignature, account.PushToken!, query.Timestamp!, query.Nonce!, encrypted)
                || new PushCipher(key, account.WeChatAppId).Decrypt(encrypted) is not { } plain)
                return (PushOutcome.Forged, null);

            if (ReadXml(plain) is not { } inner)
                return (PushOutcome.Malformed, null);
            fields = inner;
        }

        return Read(fields) is not { } message ? (PushOutcome.Malformed, null)
            : message.ToUserName != account.OriginalId ? (PushOutcome.OtherAccount, null)
            : (PushOutcome.Read, message);
    }

    private static PushMessage? Read(Dictionary<string, string> fields) =>
        fields.GetValueOrDefault("ToUserName") is { Length: > 0 } to
            && fields.GetValueOrDefault("FromUserName") is { Length: > 0 and <= 128 } from
            && fields.GetValueOrDefault("MsgType") is { Length: > 0 } type
            && long.TryParse(fields.GetValueOrDefault("CreateTime"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? new PushMessage(
                to, from, DateTimeOffset.FromUnixTimeSeconds(seconds), type, fields.GetValueOrDefault("Event"),
                fields.GetValueOrDefault("EventKey"), fields.GetValueOrDefault("Ticket"))
            : null;

    /// <summary>The texts directly below the root: no DTD, so no entity but the five of XML itself, and nothing twice.</summary>
    private static Dictionary<string, string>? ReadXml(string text)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = LongestBody,
        };
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.Trim()), settings);
            if (XDocument.Load(reader).Root is not { Name.LocalName: "xml" } root)
                return null;

            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            var texts = root.Elements().Where(element => !element.HasElements); // pictures and the like hold others: passed over
            return texts.All(element => fields.TryAdd(element.Name.LocalName, element.Value)) ? fields : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
