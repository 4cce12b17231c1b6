namespace Yaopai.Server.Admin.Api;

internal enum ValueKind
{
    Text,
    Number,
    Flag,
    Instant,
    Texts,

    /// <summary>A list of objects; of answers alone.</summary>
    Objects,

    /// <summary>Whatever JSON; of answers alone.</summary>
    Any,
}

/// <summary>A member of an object that is sent or answered, or a parameter of a query: what is checked, and documented.</summary>
internal sealed record Member(string Name, ValueKind Kind, string Description)
{
    public const int LongestText = 256;
    public const int MostItems = 200;

    public bool IsRequired { get; init; }

    /// <summary>Null stands for no value.</summary>
    public bool IsNullable { get; init; }

    /// <summary>In characters, of a text and of each text of a list.</summary>
    public int Longest { get; init; } = LongestText;

    public long Least { get; init; }

    public long Most { get; init; } = long.MaxValue;

    /// <summary>Of a text: the only ones; null for any.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>Says what is wrong with a text, as the end of a sentence; null when nothing is.</summary>
    public Func<string, string?>? FaultOf { get; init; }

    /// <summary>Of the objects of a list.</summary>
    public IReadOnlyList<Member>? Members { get; init; }

    /// <summary>An answer that shows it once: the first, and never another.</summary>
    public bool IsSecret { get; init; }

    public Member Required() => this with { IsRequired = true };

    public Member OrNull() => this with { IsNullable = true };
}
