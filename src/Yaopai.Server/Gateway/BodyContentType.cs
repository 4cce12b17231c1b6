namespace Yaopai.Server.Gateway;

/// <summary>Whether a body is of a kind that this server can read.</summary>
internal static class BodyContentType
{
    public static bool IsForm(HttpRequest request) => Is(request, "application/x-www-form-urlencoded");

    public static bool IsJson(HttpRequest request) => Is(request, "application/json");

    private static bool Is(HttpRequest request, string type)
    {
        var headers = request.Headers;
        return Names(headers.ContentType.ToString(), type) && (headers.ContentEncoding.Count == 0 || headers.ContentEncoding == "identity");
    }

    private static bool Names(ReadOnlySpan<char> contentType, string type)
    {
        if (!contentType.StartsWith(type, StringComparison.OrdinalIgnoreCase))
            return false;

        var rest = contentType[type.Length..].Trim();
        if (rest.IsEmpty)
            return true;

        // Both are UTF-8 here; another charset would silently change what was sent.
        return rest[0] == ';' && (!rest.Contains("charset", StringComparison.OrdinalIgnoreCase)
            || rest.Contains("utf-8", StringComparison.OrdinalIgnoreCase));
    }
}
