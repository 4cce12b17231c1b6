using System.Text.Json;
using System.Text.Json.Serialization;
using Yaopai.Server.Knowledge;

namespace Yaopai.Server.Storage.Sql.Knowledge;

internal sealed class ArticleRow
{
    public long ArticleId { get; init; }
    public long CreatedAt { get; init; }
    public string Details { get; init; } = "";
    public string? Content { get; init; }

    public Article ToArticle() => JsonSerializer.Deserialize(Details, ArticleDetails.Default.Article)! with { Content = Content };

    /// <summary>All but what it says, which lists leave out.</summary>
    public static string DetailsOf(Article article) =>
        JsonSerializer.Serialize(article with { Content = null }, ArticleDetails.Default.Article);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Article))]
internal sealed partial class ArticleDetails : JsonSerializerContext;
