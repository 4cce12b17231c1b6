namespace Yaopai.Server.Admin.Api;

/// <summary>What is answered: JSON that is ready to send.</summary>
/// <param name="Json">Null for nothing.</param>
/// <param name="Tag">The ETag; null where there is none.</param>
internal sealed record AdminAnswer(int Status, string? Json, string? Tag = null, string? Location = null)
{
    /// <summary>One thing as it is now.</summary>
    /// <param name="extra">What is shown this once: secrets.</param>
    public static AdminAnswer One(IReadOnlyList<Field> fields, params Field[] extra) => new(
        StatusCodes.Status200OK, Fields.ToJson([fields[0], .. extra, .. fields.Skip(1)]), VersionTag.Of(fields));

    /// <param name="location">Where it is from now on.</param>
    public static AdminAnswer Created(string location, IReadOnlyList<Field> fields, params Field[] extra) =>
        One(fields, extra) with { Status = StatusCodes.Status201Created, Location = location };

    public static AdminAnswer List(IEnumerable<IReadOnlyList<Field>> things) =>
        new(StatusCodes.Status200OK, Fields.ToJson((Field[])[new("items", things)]));

    public static AdminAnswer Page(IEnumerable<IReadOnlyList<Field>> things, string? next) =>
        new(StatusCodes.Status200OK, Fields.ToJson((Field[])[new("items", things), new("next", next)]));

    /// <summary>Of a thing that has no version.</summary>
    public static AdminAnswer Plain(IReadOnlyList<Field> fields) => new(StatusCodes.Status200OK, Fields.ToJson(fields));

    public static AdminAnswer Nothing { get; } = new(StatusCodes.Status204NoContent, null);
}
