namespace Yaopai.Server.Knowledge;

/// <summary>What an app calls an article of its own.</summary>
internal sealed record ArticleKey(string SourceName, string SourceId);

/// <summary>A text or a link that an app puts before the members of a tenant.</summary>
internal sealed record Article
{
    public required ArticleKey Key { get; init; }

    public required string Title { get; init; }

    public required string AuthorId { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The part of the app's site that it belongs to.</summary>
    public string Module { get; init; } = "";

    /// <summary>Where it is, when it is a link.</summary>
    public string? Link { get; init; }

    /// <summary>What it says, when it is none; lists leave it out.</summary>
    public string? Content { get; init; }

    public string Excerpt { get; init; } = "";

    public string Cover { get; init; } = "";

    public int Language { get; init; }

    public int Style { get; init; }

    public bool IsRecommended { get; init; }

    /// <summary>It comes before the others.</summary>
    public bool IsTopped { get; init; }

    /// <summary>Empty for none.</summary>
    public string Component { get; init; } = "";

    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<ArticleDocument> Documents { get; init; } = [];

    /// <summary>Who may read it; everyone where neither is named.</summary>
    public IReadOnlyList<string> Departments { get; init; } = [];

    public IReadOnlyList<string> Readers { get; init; } = [];
}

/// <param name="Url">Where it is, when it is elsewhere.</param>
/// <param name="AttachmentId">Which of ours it is; null for one that is elsewhere.</param>
internal sealed record ArticleDocument(string Name, string Url, long Size, string? AttachmentId = null);

/// <summary>A part of a tenant's knowledge.</summary>
internal sealed record Component(long Id, string Name);

/// <summary>A kind of articles within a component.</summary>
internal sealed record Category(long Id, long ComponentId, string Name);

/// <summary>What became of an article that was to be stored.</summary>
internal enum ArticleOutcome
{
    Done,

    /// <summary>It is there already, or is not there to be replaced.</summary>
    Refused,

    /// <summary>A category or component is not there, and was not to be made.</summary>
    CategoryUnknown,

    /// <summary>The tenant has as many categories or components as it may.</summary>
    TooManyCategories,

    AttachmentUnknown,
}
