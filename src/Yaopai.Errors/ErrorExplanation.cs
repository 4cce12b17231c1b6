using System.Text;

namespace Yaopai.Errors;

/// <summary>The languages an explanation is given in.</summary>
public enum ExplanationLanguage
{
    Zh,
    En,
    Both,
}

/// <summary>Says in plain text, for a terminal, what an error means and what to do about it.</summary>
public static class ErrorExplanation
{
    public static string Of(ErrorDefinition error, ExplanationLanguage language = ExplanationLanguage.Both)
    {
        var text = new StringBuilder($"{error.Number}  {error.Surface}.{error.Operation}.{error.Name}\n");
        if (language is not ExplanationLanguage.En)
            text.Append('\n').Append(Zh(error));
        if (language is not ExplanationLanguage.Zh)
            text.Append('\n').Append(En(error));

        return text.ToString();
    }

    private static StringBuilder Zh(ErrorDefinition error) => new StringBuilder()
        .Append($"  含义：{Listed(error.Zh)}\n")
        .Append($"  处理：{Listed(error.RemedyZh)}\n")
        .Append($"  重试：{RetryZh(error.Retry)}\n")
        .Append($"  责任：{AudienceZh(error.Audience)}\n")
        .Append(error.Http is 0 ? "" : $"  返回：HTTP {error.Http}{Beside(error, "，")}\n")
        .Append(error.Beyond ? "  来源：官方文档未列出\n" : "")
        .Append(Page(error) is { } page ? $"  文档：{page}\n" : "");

    private static StringBuilder En(ErrorDefinition error) => new StringBuilder()
        .Append($"  Meaning:  {Listed(error.En)}\n")
        .Append($"  Remedy:   {Listed(error.RemedyEn)}\n")
        .Append($"  Retry:    {RetryEn(error.Retry)}\n")
        .Append($"  Fixed by: {AudienceEn(error.Audience)}\n")
        .Append(error.Http is 0 ? "" : $"  Sent as:  HTTP {error.Http}{Beside(error, ", ")}\n")
        .Append(error.Beyond ? "  Origin:   not listed in the surface's documents\n" : "")
        .Append(Page(error) is { } page ? $"  See:      {page}\n" : "");

    private static string Listed(string text) => ListedText.Of(text).ToLines(indent: "    ");

    // Where the status is all there is, saying it twice would look like two things.
    private static string Beside(ErrorDefinition error, string comma) =>
        error.Channel is "http" ? "" : $"{comma}{error.Channel} {error.Number}";

    private static string? Page(ErrorDefinition error) => ErrorCatalogue.PageOf(error);

    private static string RetryZh(Retry retry) => retry switch
    {
        Retry.No => "不要重试，请先修改请求",
        Retry.Later => "稍后可用相同请求重试",
        Retry.Renew => "先获取新的凭证，再重试",
        Retry.User => "需要有人先行处理，再重试",
        _ => throw new ArgumentOutOfRangeException(nameof(retry), retry, null),
    };

    private static string RetryEn(Retry retry) => retry switch
    {
        Retry.No => "not before the request is changed",
        Retry.Later => "the same request, after a pause",
        Retry.Renew => "after getting a new credential",
        Retry.User => "after a person has acted",
        _ => throw new ArgumentOutOfRangeException(nameof(retry), retry, null),
    };

    private static string AudienceZh(Audience audience) => audience switch
    {
        Audience.Caller => "调用方开发者",
        Audience.User => "用户",
        Audience.Operator => "平台运营方",
        _ => throw new ArgumentOutOfRangeException(nameof(audience), audience, null),
    };

    private static string AudienceEn(Audience audience) => audience switch
    {
        Audience.Caller => "the caller's developer",
        Audience.User => "the user",
        Audience.Operator => "the platform's operator",
        _ => throw new ArgumentOutOfRangeException(nameof(audience), audience, null),
    };
}
