using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Extensions;

namespace Yaopai.Server.Pages;

/// <summary>What every page knows of the request it answers.</summary>
/// <param name="Prefix">What stands before every address of this server.</param>
/// <param name="Query">The query without the language switch: <c>?q=code</c>, or nothing.</param>
public sealed record PageRequest(Language Language, string Prefix, string Query)
{
    /// <summary>This page once more, relative to where the reader is.</summary>
    public string Here => Query is "" ? "?" : Query;

    /// <summary>This page in another language, relative to where the reader is.</summary>
    public string In(Language language) => $"{(Query is "" ? "?" : Query + "&")}{Language.Parameter}={language.Tag}";

    /// <summary>Another address of this server, or one elsewhere.</summary>
    [return: NotNullIfNotNull(nameof(address))]
    public string? At(string? address) => address is ['/', ..] ? Prefix + address : address;

    internal static PageRequest Of(HttpRequest request) => new(
        Language.Of(request),
        request.PathBase.ToUriComponent(),
        new QueryBuilder(request.Query.Where(pair => pair.Key is not Language.Parameter)).ToString());
}
