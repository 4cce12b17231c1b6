namespace Yaopai.Server.Gateway.Documents;

/// <summary>The body of an answer before anybody says in which format: one object, or a list of them.</summary>
internal abstract class Document
{
    public abstract bool IsList { get; }

    /// <summary>Writes what stands in the object or the list.</summary>
    public abstract void WriteTo(DocumentWriter writer);

    public static Document Object<T>(T value, Action<DocumentWriter, T> write) => new Of<T>(value, write, isList: false);

    public static Document List<T>(T value, Action<DocumentWriter, T> write) => new Of<T>(value, write, isList: true);

    private sealed class Of<T>(T value, Action<DocumentWriter, T> write, bool isList) : Document
    {
        public override bool IsList => isList;

        public override void WriteTo(DocumentWriter writer) => write(writer, value);
    }
}
