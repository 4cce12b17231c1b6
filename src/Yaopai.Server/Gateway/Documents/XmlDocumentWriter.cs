using System.Text;
using System.Xml;

namespace Yaopai.Server.Gateway.Documents;

/// <summary>Documents as XML: members as elements, the items of a list as <c>item</c>.</summary>
internal sealed class XmlDocumentWriter : DocumentWriter
{
    private const string Item = "item";
    private const string List = "list";

    // Entities, because a reader of XML takes each of \r\n and \r for \n.
    private static readonly XmlWriterSettings s_whole = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,
    };

    private static readonly XmlWriterSettings s_part = new()
    {
        Encoding = s_whole.Encoding,
        NewLineHandling = NewLineHandling.Entitize,
        ConformanceLevel = ConformanceLevel.Fragment,
        OmitXmlDeclaration = true,
    };

    private readonly XmlWriter _xml;
    private readonly bool _marksLists;

    private XmlDocumentWriter(XmlWriter xml, bool marksLists) => (_xml, _marksLists) = (xml, marksLists);

    /// <param name="root">The name of the outermost element.</param>
    /// <param name="marksLists">Whether an element that holds a list says so: <c>list="true"</c>.</param>
    public static byte[] Write(Document document, string root, bool marksLists = false) => Write(s_whole, marksLists, writer =>
    {
        writer._xml.WriteStartElement(root);
        writer.Mark(document.IsList);
        document.WriteTo(writer);
        writer._xml.WriteEndElement();
    });

    /// <summary>What stands inside an element: an item of another document.</summary>
    public static byte[] WritePart(Document document, bool marksLists = false) => Write(s_part, marksLists, document.WriteTo);

    public override void WriteStartObject() => _xml.WriteStartElement(Item);

    /// <summary>A name that XML does not know as one, an address for instance, becomes the key of an item.</summary>
    public override void WriteStartObject(string name)
    {
        if (IsName(name))
        {
            _xml.WriteStartElement(name);
        }
        else
        {
            _xml.WriteStartElement(Item);
            _xml.WriteAttributeString("key", Allowed(name));
        }
    }

    public override void WriteEndObject() => _xml.WriteEndElement();

    public override void WriteStartArray(string name)
    {
        WriteStartObject(name);
        Mark(isList: true);
    }

    public override void WriteEndArray() => _xml.WriteEndElement();

    public override void WriteString(string name, string? value)
    {
        WriteStartObject(name);
        _xml.WriteString(Allowed(value ?? ""));
        _xml.WriteEndElement();
    }

    public override void WriteNumber(string name, long value) => WriteString(name, value.ToString());

    public override void WriteBoolean(string name, bool value) => WriteString(name, value ? "true" : "false");

    public override void WriteRawItem(byte[] item, bool isList)
    {
        _xml.WriteStartElement(Item);
        Mark(isList);
        _xml.WriteRaw(Encoding.UTF8.GetString(item));
        _xml.WriteEndElement();
    }

    private void Mark(bool isList)
    {
        if (isList && _marksLists)
            _xml.WriteAttributeString(List, "true");
    }

    private static byte[] Write(XmlWriterSettings settings, bool marksLists, Action<XmlDocumentWriter> write)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, settings))
            write(new XmlDocumentWriter(xml, marksLists));

        return stream.ToArray();
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
