using System.Text;
using System.Text.Json;
using System.Xml;

namespace Yaopai.Server.Surfaces.OpenApi.Formats;

/// <summary>An answer as XML: the members of its JSON as elements, the items of a list as <c>item</c>.</summary>
internal static class XmlAnswer
{
    // Entities, because a reader of XML takes each of \r\n and \r for \n.
    private static readonly XmlWriterSettings s_settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,
    };

    public static byte[] Of(byte[] json, bool isError)
    {
        using var document = JsonDocument.Parse(json);
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, s_settings))
        {
            xml.WriteStartElement(isError ? "error_response" : "response");
            Write(xml, document.RootElement);
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Write(XmlWriter xml, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Write(xml, member.Name, member.Value);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    Write(xml, "item", item);
                break;
            default:
                xml.WriteString(Allowed(value.ToString()));
                break;
        }
    }

    /// <summary>A name that XML does not know as one, an address for instance, becomes the key of an item.</summary>
    private static void Write(XmlWriter xml, string name, JsonElement value)
    {
        if (IsName(name))
        {
            xml.WriteStartElement(name);
        }
        else
        {
            xml.WriteStartElement("item");
            xml.WriteAttributeString("key", Allowed(name));
        }

        Write(xml, value);
        xml.WriteEndElement();
    }

    private static bool IsName(string name) => name is not "" && XmlConvert.IsStartNCNameChar(name[0]) && name.All(XmlConvert.IsNCNameChar);

    /// <summary>XML has no way to write most control characters, not even escaped.</summary>
    private static string Allowed(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
            return text;

        var allowed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value))
                allowed.Append('\ufffd');
            else
                allowed.Append(rune);
        }

        return allowed.ToString();
    }
}
