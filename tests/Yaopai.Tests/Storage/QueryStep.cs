namespace Yaopai.Tests.Storage;

/// <summary>A line of what SQLite says of a statement's way.</summary>
internal sealed class QueryStep
{
    public string Detail { get; init; } = "";
}
