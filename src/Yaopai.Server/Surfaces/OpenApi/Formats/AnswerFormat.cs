using System.Text;
using System.Text.RegularExpressions;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Documents;

namespace Yaopai.Server.Surfaces.OpenApi.Formats;

/// <summary>The form in which a caller wants its answer: JSON, JSON for a script of its own, or XML.</summary>
internal static partial class AnswerFormat
{
    private const string JavaScript = "text/javascript;charset=utf-8";
    private const string Xml = "text/xml;charset=utf-8";

    public static bool IsKnown(string format) => format is "" or "json" or "xml";

    /// <summary>Names of functions and nothing else: whatever stands there is run by a page.</summary>
    public static bool IsCallback(string callback) => callback is "" || Callback.IsMatch(callback);

    /// <summary>What cannot be obeyed is answered as plain JSON.</summary>
    /// <remarks>The platform's first library tells lists from objects by the mark alone.</remarks>
    public static (byte[] Body, string ContentType) Write(Parameters parameters, Document document, bool isError)
    {
        if (IsXml(parameters))
            return (XmlDocumentWriter.Write(document, isError ? "error_response" : "response", marksLists: true), Xml);

        var json = JsonDocumentWriter.Write(document);
        return parameters["format"] is "" or "json" && parameters["callback"] is { Length: > 0 } callback && IsCallback(callback)
            ? (Wrap(callback, json), JavaScript)
            : (json, OpenApiDialect.Json);
    }

    /// <summary>An item of an answer that is a list of answers.</summary>
    public static byte[] WriteItem(Parameters parameters, Document document) =>
        IsXml(parameters) ? XmlDocumentWriter.WritePart(document, marksLists: true) : JsonDocumentWriter.Write(document);

    private static bool IsXml(Parameters parameters) => parameters["format"] is "xml";

    /// <summary>The comment in front keeps the body from being taken for another kind of file that begins with a name
    /// of a caller's choice.</summary>
    private static byte[] Wrap(string callback, byte[] json)
    {
        // In scripts of before 2019 these two end a line, even inside a text.
        var text = Encoding.UTF8.GetString(json)
            .Replace("\u2028", "\\u2028", StringComparison.Ordinal).Replace("\u2029", "\\u2029", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes($"/**/{callback}({text});");
    }

    [GeneratedRegex(@"^[A-Za-z_$][A-Za-z0-9_$.]{0,63}\z")]
    private static partial Regex Callback { get; }
}
