using System.Net;

namespace Yaopai.Testing;

/// <summary>The sandbox did not start, or refused a request; the message says why.</summary>
public sealed class YaopaiException : Exception
{
    internal YaopaiException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    internal YaopaiException(HttpStatusCode status, string message) : base(message) => Status = status;

    /// <summary>The HTTP status of the refusal; null where nothing was asked over HTTP.</summary>
    public HttpStatusCode? Status { get; }
}
