namespace Yaopai.Server.Journal;

/// <summary>Which entries are asked for. What is null narrows nothing.</summary>
internal sealed record JournalQuery
{
    public IReadOnlySet<long>? Apps { get; init; }

    public string? Operation { get; init; }

    public string? Surface { get; init; }

    /// <summary>As people write it: <c>1101/20155</c> or <c>20155</c>; <c>*</c> for every refusal.</summary>
    public string? Code { get; init; }

    public int? Status { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    public bool Takes(JournalEntry entry) =>
        (Apps is null || (entry.AppId is { } app && Apps.Contains(app)))
        && (Operation is null || Is(entry.Operation, Operation) || Is(entry.Operation[(entry.Operation.IndexOf('.') + 1)..], Operation))
        && (Surface is null || Is(entry.Surface, Surface))
        && (Since is null || entry.Time >= Since)
        && (Until is null || entry.Time < Until)
        && (Code is null || IsRefusedWith(entry, Code))
        && (Status is null || entry.Answer.Status == Status);

    private static bool IsRefusedWith(JournalEntry entry, string code) => entry.Refusal is { } refusal
        && (code is "*" || Is(refusal.Number, code) || Is(refusal.Definition.Code, code) || Is(refusal.Error, code));

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
