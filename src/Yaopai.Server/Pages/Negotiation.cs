using Microsoft.Net.Http.Headers;

namespace Yaopai.Server.Pages;

/// <summary>Whether the caller wants a page to read or JSON to work with.</summary>
internal static class Negotiation
{
    private const string Html = "text/html";
    private const string XHtml = "application/xhtml+xml";
    private const string Json = "application/json";

    /// <summary>True when JSON is wanted more than HTML, or just as much but named while HTML is not.</summary>
    public static bool PrefersJson(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return Wish(accepted, Json).CompareTo(Wish(accepted, Html)) > 0;
    }

    /// <summary>True for what asks as browsers do: some libraries for programs name HTML as well, but none names XHTML beside it.</summary>
    public static bool IsBrowser(HttpRequest request) =>
        NamesHtml(request) && Wish(request.GetTypedHeaders().Accept, XHtml) is { Exactness: > 2, Quality: > 0 };

    /// <summary>True when HTML is asked for by name, as browsers do, and JSON not more.</summary>
    public static bool NamesHtml(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return Wish(accepted, Html) is { Exactness: > 1, Quality: > 0 } wish && wish.CompareTo(Wish(accepted, Json)) >= 0;
    }

    /// <summary>How much a type is wanted and how exactly it is named: the most exact range that covers it decides.</summary>
    private static (double Quality, int Exactness) Wish(IList<MediaTypeHeaderValue> accepted, string type) => accepted
        .Select(range => (Quality: range.Quality ?? 1, Exactness: Exactness(range, type)))
        .Where(wish => wish.Exactness > 0)
        .OrderByDescending(wish => wish.Exactness)
        .ThenByDescending(wish => wish.Quality)
        .FirstOrDefault();

    private static int Exactness(MediaTypeHeaderValue range, string type) =>
        range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase) ? 3
        : range.MatchesAllTypes ? 1
        : range.MatchesAllSubTypes && type.StartsWith($"{range.Type}/", StringComparison.OrdinalIgnoreCase) ? 2
        : 0;
}
