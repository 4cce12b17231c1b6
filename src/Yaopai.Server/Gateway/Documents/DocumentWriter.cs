namespace Yaopai.Server.Gateway.Documents;

/// <summary>Takes the body of an answer part by part and writes it in one format, whichever the caller asked for.</summary>
/// <remarks>Names stand in objects. What is started without a name is an item of a list.</remarks>
internal abstract class DocumentWriter
{
    public abstract void WriteStartObject();

    public abstract void WriteStartObject(string name);

    public abstract void WriteEndObject();

    public abstract void WriteStartArray(string name);

    public abstract void WriteEndArray();

    /// <param name="value">Null where there is no value.</param>
    public abstract void WriteString(string name, string? value);

    public abstract void WriteNumber(string name, long value);

    public abstract void WriteBoolean(string name, bool value);

    /// <summary>An item that was written before, in the same format.</summary>
    public abstract void WriteRawItem(byte[] item, bool isList);
}
