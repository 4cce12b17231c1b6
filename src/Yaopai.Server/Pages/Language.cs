using Microsoft.AspNetCore.Http.Headers;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages;

/// <summary>A language that the pages speak.</summary>
/// <param name="Tag">As in <c>lang</c> attributes and <c>Accept-Language</c>.</param>
/// <param name="Name">What its speakers call it.</param>
public sealed record Language(string Tag, string Name)
{
    public const string Parameter = "lang";

    public static readonly Language Chinese = new("zh-CN", "中文");
    public static readonly Language English = new("en", "English");

    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(365);

    public static IReadOnlyList<Language> All { get; } = [Chinese, English];

    /// <summary>What the switch says, else what it said before, else what the browser prefers, else English.</summary>
    internal static Language Of(HttpRequest request) =>
        Switched(request) ?? Find(request.Cookies[CookieOf(request)]) ?? Preferred(request.GetTypedHeaders()) ?? English;

    /// <summary>Keeps what the switch says for the pages that follow.</summary>
    internal static void Remember(HttpContext context)
    {
        if (Switched(context.Request) is not { } language || Find(context.Request.Cookies[CookieOf(context.Request)]) == language)
            return;

        context.Response.Cookies.Append(CookieOf(context.Request), language.Tag, OwnCookies.Options(context.Request, s_remembered));
    }

    private static string CookieOf(HttpRequest request) => OwnCookies.NameOf(request, Parameter);

    private static Language? Switched(HttpRequest request) => Find(request.Query[Parameter].FirstOrDefault());

    private static Language? Preferred(RequestHeaders headers) => headers.AcceptLanguage
        .Where(accepted => accepted.Quality is not 0)
        .OrderByDescending(accepted => accepted.Quality ?? 1)
        .Select(accepted => Find(accepted.Value.Value))
        .FirstOrDefault(language => language is not null);

    // Every zh and every en is served by the one that is there: zh-Hans, zh-TW, en-GB.
    private static Language? Find(string? tag) => All.FirstOrDefault(language =>
        tag is not null && Primary(tag).Equals(Primary(language.Tag), StringComparison.OrdinalIgnoreCase));

    private static ReadOnlySpan<char> Primary(string tag) => tag.AsSpan(0, tag.IndexOf('-') is >= 0 and var dash ? dash : tag.Length);
}
