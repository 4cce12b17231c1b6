namespace Yaopai.Server.Messages;

internal enum MessageKind
{
    Text = 1,
    Card = 2,

    /// <summary>A card of an app, with fields and buttons.</summary>
    AppCard = 3,

    Image = 4,
    News = 5,
}

/// <summary>What was sent, stored once however many get it.</summary>
internal sealed record Message
{
    public required long TenantId { get; init; }

    /// <summary>Larger than those of before (<see cref="MessageIds"/>).</summary>
    public required long Id { get; init; }

    /// <summary>The app that sent it: no other changes it.</summary>
    public required long AppId { get; init; }

    /// <summary>The public account in whose name it comes; null for the app's own.</summary>
    public string? PublicAccountId { get; init; }

    public required MessageKind Kind { get; init; }

    /// <summary>Whom the app names as its sender.</summary>
    public string Owner { get; init; } = "";

    public Bilingual Title { get; init; } = Bilingual.None;

    public Bilingual Content { get; init; } = Bilingual.None;

    /// <summary>What else the sender said of it, as JSON, in the words of the surface that it came by.</summary>
    public string Details { get; init; } = "{}";

    public MessageStatus Status { get; init; } = MessageStatus.None;

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>From then on nobody reads what it said.</summary>
    public DateTimeOffset? RecalledAt { get; init; }
}

/// <summary>What a card says of the thing that it is about, as <c>approved</c> in green.</summary>
internal sealed record MessageStatus(string Text, string Color)
{
    public static MessageStatus None { get; } = new("", "");
}

internal enum AudienceKind
{
    /// <summary>Those who follow a public account.</summary>
    Followers = 1,

    /// <summary>All members of the tenant.</summary>
    Members = 2,

    /// <summary>A department, and those below it.</summary>
    Department = 3,

    Role = 4,
}

/// <summary>Many members who are named together: they find the message when they read, and no row is written for any of them.</summary>
internal readonly record struct Audience(AudienceKind Kind, string Key)
{
    public static Audience Members => new(AudienceKind.Members, "");

    public static Audience FollowersOf(string accountId) => new(AudienceKind.Followers, accountId);
}

/// <summary>An audience that somebody belongs to.</summary>
/// <param name="Since">What was sent to it before is not theirs.</param>
internal readonly record struct Belonging(Audience Audience, DateTimeOffset Since);

/// <summary>Who gets a message.</summary>
/// <param name="UserIds">Each once.</param>
internal sealed record Recipients(IReadOnlyList<string> UserIds, IReadOnlyList<Audience> Audiences)
{
    /// <summary>How many members one message may name.</summary>
    public const int MostUsers = 1000;

    /// <summary>How many audiences one message may name.</summary>
    public const int MostAudiences = 100;

    public static Recipients Of(IEnumerable<string> userIds) => new([.. userIds.Distinct(StringComparer.Ordinal)], []);

    public bool AreFew => UserIds.Count <= MostUsers && Audiences.Count <= MostAudiences;
}
