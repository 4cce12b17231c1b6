namespace Yaopai.Server.Protocol;

/// <summary>Whether a body is a form that this server can read.</summary>
internal static class FormContentType
{
    private const string Form = "application/x-www-form-urlencoded";

    public static bool Accepts(HttpRequest request)
    {
        var headers = request.Headers;
        return Names(headers.ContentType.ToString()) && (headers.ContentEncoding.Count == 0 || headers.ContentEncoding == "identity");
    }

    private static bool Names(ReadOnlySpan<char> contentType)
    {
        if (!contentType.StartsWith(Form, StringComparison.OrdinalIgnoreCase))
            return false;

        var rest = contentType[Form.Length..].Trim();
        if (rest.IsEmpty)
            return true;

        // A form is UTF-8; another charset would silently change what was sent.
        return rest[0] == ';' && (!rest.Contains("charset", StringComparison.OrdinalIgnoreCase) || rest.Contains("utf-8", StringComparison.OrdinalIgnoreCase));
    }
}
