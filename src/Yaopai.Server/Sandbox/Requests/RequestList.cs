namespace Yaopai.Server.Sandbox.Requests;

/// <summary>What the page of the journal shows.</summary>
/// <param name="Fault">Why nothing is shown.</param>
/// <param name="Kept">What the address asks for and the form does not.</param>
/// <param name="Older">Where the list goes on; null where it ends.</param>
/// <param name="Stream">Where new rows come from; null where they would not belong here.</param>
public sealed record RequestList(
    IReadOnlyList<RequestRow> Rows, IReadOnlyDictionary<string, string> Asked, IReadOnlyList<(string Name, string Value)> Kept,
    string? Fault, string? Older, string? Stream);

/// <param name="Error">Its number and name; null where the request was not refused.</param>
public sealed record RequestRow(
    string Id, DateTimeOffset Time, string? ClientId, string Operation, string Method, string Path, int Status, string? Error, string? Why)
{
    internal static RequestRow Of(Journal.JournalEntry entry) => new(
        entry.Id, entry.Time, entry.ClientId, entry.Operation, entry.Method, entry.Path, entry.Answer.Status,
        entry.Refusal is { } refusal ? $"{refusal.Number} {refusal.Error}" : null,
        entry.Refusal?.Reason?.Text.Split('\n')[0]);
}
