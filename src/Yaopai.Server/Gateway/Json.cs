using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Yaopai.Server.Gateway;

/// <summary>Writes small JSON documents without making a writer for each.</summary>
internal static class Json
{
    /// <summary>Never embedded in HTML, so <c>+</c> and <c>/</c> of base64 go out as they are.</summary>
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>A thread keeps no more than this for its next document.</summary>
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? t_own;

    /// <summary>A document that is an object of what is written.</summary>
    public static byte[] Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var (buffer, writer) = Begin();
        writer.WriteStartObject();
        write(writer, value);
        writer.WriteEndObject();
        return End(buffer, writer);
    }

    /// <summary>A document that is whatever is written.</summary>
    public static byte[] WriteAny<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var (buffer, writer) = Begin();
        write(writer, value);
        return End(buffer, writer);
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) Begin()
    {
        var own = t_own ??= New();
        own.Buffer.ResetWrittenCount();
        own.Writer.Reset(own.Buffer);
        return own;
    }

    private static byte[] End(ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer)
    {
        writer.Flush();
        var document = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > LargestKept)
            t_own = null;
        return document;
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) New()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        return (buffer, new Utf8JsonWriter(buffer, s_options));
    }
}
