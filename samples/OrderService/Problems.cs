using Yaopai.Errors;

namespace OrderService;

/// <summary>The errors of the table as RFC 9457 has them: <c>application/problem+json</c>.</summary>
internal static class Problems
{
    /// <param name="detail">What is particular about it this time; the rest is in the table.</param>
    public static IResult On(this ErrorDefinition error, HttpContext context, string detail)
    {
        var isChinese = context.Request.Headers.AcceptLanguage.ToString().StartsWith("zh", StringComparison.OrdinalIgnoreCase);
        context.Response.Headers.ContentLanguage = isChinese ? "zh-CN" : "en";
        context.Response.Headers.Vary = "Accept-Language";

        return TypedResults.Problem(
            type: $"/errors/{error.Code}",
            title: isChinese ? error.Zh : error.En,
            statusCode: error.Http,
            detail: detail,
            instance: context.Request.Path,
            extensions: new Dictionary<string, object?>
            {
                ["code"] = error.Code,
                ["remedy"] = isChinese ? error.RemedyZh : error.RemedyEn,
                ["retry"] = error.Retry.ToString().ToLowerInvariant(),
            });
    }
}
