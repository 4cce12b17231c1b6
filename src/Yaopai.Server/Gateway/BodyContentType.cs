namespace Yaopai.Server.Gateway;

/// <summary>Whether a body is of a kind that this server can read. Both kinds are UTF-8 here, whatever charset is declared
/// (RFC 6749 appendix B): clients exist that declare another for text that is ASCII, and octets that are not UTF-8 are refused.</summary>
internal static class BodyContentType
{
    public const string Form = "application/x-www-form-urlencoded";
    public const string Json = "application/json";

    public static bool IsForm(HttpRequest request) => Is(request, Form);

    public static bool IsJson(HttpRequest request) => Is(request, Json);

    /// <summary>What came where something else is read.</summary>
    public static Reason WhyNot(HttpRequest request, string expected)
    {
        if (IsEncoded(request))
            return new Reason($"the body has the Content-Encoding {request.Headers.ContentEncoding}; it is read as it is");

        var type = request.ContentType is { Length: > 0 } given ? given : "of no Content-Type";
        return new Reason($"the body is {type}; {expected} is read here") { Expected = expected, Actual = request.ContentType };
    }

    private static bool Is(HttpRequest request, string type) =>
        Names(request.Headers.ContentType.ToString(), type) && !IsEncoded(request);

    private static bool IsEncoded(HttpRequest request) => request.Headers.ContentEncoding is { Count: > 0 } encoding
        && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase);

    private static bool Names(ReadOnlySpan<char> contentType, string type) =>
        contentType.StartsWith(type, StringComparison.OrdinalIgnoreCase)
        && contentType[type.Length..].TrimStart() is var rest && (rest.IsEmpty || rest[0] is ';');
}
