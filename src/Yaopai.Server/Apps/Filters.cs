namespace Yaopai.Server.Apps;

/// <summary>Which apps are asked for. What is null narrows nothing.</summary>
internal sealed record AppFilter
{
    public long? DeveloperId { get; init; }

    /// <summary>How the name begins, to the letter.</summary>
    public string? NameBegins { get; init; }

    public bool? IsDisabled { get; init; }
}

/// <summary>The same of developers and account groups.</summary>
internal sealed record OwnerFilter
{
    /// <summary>The group of a developer.</summary>
    public long? GroupId { get; init; }

    /// <summary>How the name begins, to the letter.</summary>
    public string? NameBegins { get; init; }

    public bool? IsDisabled { get; init; }
}
