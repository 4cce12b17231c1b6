using Microsoft.Net.Http.Headers;
using Yaopai.Errors;

namespace Yaopai.Server.Pages;

/// <summary>Spares a reader what it already has.</summary>
internal static class Freshness
{
    // What a page of fixed content says changes only with the program: with the texts, or with the way they are shown.
    private static readonly string s_build = string.Concat(
        new[] { typeof(Freshness), typeof(ErrorCatalogue) }.Select(type => type.Module.ModuleVersionId.ToString("N")[..12]));

    /// <summary>Answers 304 when the reader holds this variant (language, format) of a page of fixed content.</summary>
    public static bool IsUnchangedSinceBuild(HttpContext context, string variant)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return IsUnchanged(context, new EntityTagHeaderValue($"\"{s_build}-{variant}\""));
    }

    public static bool IsUnchanged(HttpContext context, EntityTagHeaderValue tag)
    {
        context.Response.GetTypedHeaders().ETag = tag;
        if (!context.Request.GetTypedHeaders().IfNoneMatch.Any(held =>
                held.Equals(EntityTagHeaderValue.Any) || held.Compare(tag, useStrongComparison: false)))
            return false;

        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
