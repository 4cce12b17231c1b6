using Yaopai.Server.Journal;
using Yaopai.Server.Pages;

namespace Yaopai.Server.Sandbox.Requests;

/// <summary>What the page of one request shows.</summary>
public sealed record RequestShown
{
    internal RequestShown(JournalEntry entry, Language language)
    {
        Row = RequestRow.Of(entry);
        Peer = entry.Peer;
        AppTime = entry.AppTime;
        Headers = [.. entry.Headers.Select(field => (field.Name, field.Value))];
        Parameters = [.. entry.Parameters.Select(field => (field.Name, field.Value))];
        Body = entry.Body;
        (ContentType, Location, AnswerBody, DurationMs) =
            (entry.Answer.ContentType, entry.Answer.Location, entry.Answer.Body, entry.Answer.DurationMs);
        if (entry.Refusal is not { } refusal)
            return;

        Refusal = new RefusalShown(
            language == Language.Chinese ? refusal.Zh : refusal.En, language == Language.Chinese ? refusal.RemedyZh : refusal.RemedyEn,
            Yaopai.Errors.ErrorCatalogue.PageOf(refusal.Definition), refusal.Reason?.Text, TextShown.Of(refusal.Reason));
    }

    public RequestRow Row { get; }

    public string Peer { get; }

    public DateTimeOffset? AppTime { get; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; }

    public IReadOnlyList<(string Name, string Value)> Parameters { get; }

    public string? Body { get; }

    public string? ContentType { get; }

    public string? Location { get; }

    public string? AnswerBody { get; }

    public double DurationMs { get; }

    public RefusalShown? Refusal { get; }
}

/// <param name="Page">The error's own page.</param>
public sealed record RefusalShown(string Meaning, string Remedy, string? Page, string? Why, IReadOnlyList<TextShown> Texts);

/// <summary>A text that is held against another: what both begin with, and from where they part.</summary>
public sealed record TextShown(TextKind Kind, string Same, string Other)
{
    internal static IReadOnlyList<TextShown> Of(JournalReason? reason)
    {
        if (reason is null)
            return [];

        var at = reason.FirstDifference?.At;
        if (reason.BaseString is { } signed)
            return [.. Shown(TextKind.OfServer, signed, at), .. Shown(TextKind.OfCaller, reason.Actual, at)];

        var expected = reason.Expected == reason.Nearest ? null : reason.Expected;
        return
        [
            .. Shown(TextKind.Nearest, reason.Nearest, at),
            .. Shown(TextKind.Expected, expected, reason.Nearest is null ? at : null),
            .. Shown(TextKind.Actual, reason.Actual, at),
        ];
    }

    private static IEnumerable<TextShown> Shown(TextKind kind, string? text, int? at)
    {
        if (text is not null)
            yield return at is { } from && from < text.Length ? new(kind, text[..from], text[from..]) : new(kind, text, "");
    }
}

public enum TextKind
{
    Nearest,
    Expected,
    Actual,
    OfServer,
    OfCaller,
}
