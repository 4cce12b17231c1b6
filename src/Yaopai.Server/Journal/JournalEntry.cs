using System.Text.Json.Serialization;
using Yaopai.Errors;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Journal;

/// <summary>A request and its answer, with secrets and personal data masked.</summary>
internal sealed class JournalEntry
{
    private volatile JournalAnswer? _answer;
    private volatile AnswerRecorder? _recorder;

    /// <summary>As <c>X-Request-Id</c> says it.</summary>
    public required string Id { get; init; }

    /// <summary>The place in the journal: a later request has a larger one. Given when it is added.</summary>
    public long Number { get; set; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>What time it was for the app, where its clock was moved.</summary>
    public DateTimeOffset? AppTime { get; init; }

    public required string Surface { get; init; }

    /// <summary>The operation, as people point at it: <c>surface.token</c>; the surface where none took the request.</summary>
    public required string Operation { get; init; }

    /// <summary>The app that called, as far as the request named one that exists.</summary>
    [JsonIgnore]
    public long? AppId { get; init; }

    public string? ClientId => AppId?.ToString();

    public required string Peer { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required IReadOnlyList<JournalField> Headers { get; init; }

    /// <summary>Of query and form, and the members of a JSON object that were read as such.</summary>
    public required IReadOnlyList<JournalField> Parameters { get; init; }

    /// <summary>What came as JSON, or as a text.</summary>
    public string? Body { get; init; }

    /// <summary>Null where the request was not refused.</summary>
    public JournalRefusal? Refusal { get; init; }

    /// <summary>What went out. Until all of it did: what went out so far.</summary>
    public JournalAnswer Answer => _answer ?? _recorder?.Look() ?? _answer!;

    [JsonIgnore]
    public bool IsOver => _answer is not null;

    /// <summary>About how much memory it takes.</summary>
    [JsonIgnore]
    public long Bytes { get; private set; }

    /// <summary>The answer is going to be written.</summary>
    public void Follow(AnswerRecorder recorder)
    {
        _recorder = recorder;
        Bytes = SizeOfRequest();
    }

    /// <summary>The answer is written: only what may be kept of it stays.</summary>
    public void Close(JournalAnswer answer)
    {
        _answer = answer;
        _recorder = null;
        Bytes += 2L * ((answer.Body?.Length ?? 0) + (answer.Location?.Length ?? 0));
    }

    private static int SizeOf(IReadOnlyList<JournalField> fields)
    {
        var size = 0;
        for (var at = 0; at < fields.Count; at++)
            size += fields[at].Name.Length + fields[at].Value.Length;
        return size;
    }

    private long SizeOfRequest()
    {
        const int Objects = 600;
        var characters = (Body?.Length ?? 0) + Path.Length + (Refusal?.Size ?? 0) + SizeOf(Headers) + SizeOf(Parameters);
        return Objects + (100L * (Headers.Count + Parameters.Count)) + (2L * characters);
    }
}

internal readonly record struct JournalField(string Name, string Value);

/// <param name="Body">Masked and cut; null where it is of a kind in which secrets cannot be found.</param>
internal sealed record JournalAnswer(int Status, string? ContentType, string? Location, string? Body, long Bytes, double DurationMs);

/// <summary>The error that was answered, and why.</summary>
internal sealed record JournalRefusal(
    string Error, string Number, string Zh, string En, string RemedyZh, string RemedyEn, string Retry, string Audience, string? Page,
    JournalReason? Reason)
{
    [JsonIgnore]
    public ErrorDefinition Definition { get; private init; } = null!;

    [JsonIgnore]
    public int Size => (Page?.Length ?? 0) + (Reason?.Size ?? 0); // the texts are the catalogue's

    /// <param name="address">What addresses of this server begin with.</param>
    public static JournalRefusal Of(ErrorDefinition error, Reason? reason, string address) => new(
        error.Name, error.Number, error.Zh, error.En, error.RemedyZh, error.RemedyEn, error.Retry.ToString().ToLowerInvariant(),
        error.Audience.ToString().ToLowerInvariant(), ErrorCatalogue.PageOf(error) is { } page ? address + page : null,
        reason is null ? null : JournalReason.Of(reason))
    {
        Definition = error,
    };
}

/// <summary>What was expected and what came.</summary>
internal sealed record JournalReason(
    string Text, string? Expected, string? Actual, string? Nearest, string? BaseString, TextDifference? FirstDifference)
{
    private const int Longest = 4096;

    [JsonIgnore]
    public int Size => Text.Length + (Expected?.Length ?? 0) + (Actual?.Length ?? 0) + (Nearest?.Length ?? 0) + (BaseString?.Length ?? 0);

    public static JournalReason Of(Reason reason) => new(
        Cut(reason.Text)!, Cut(reason.Expected), Cut(reason.Actual), Cut(reason.Nearest), Cut(reason.BaseString),
        reason.FirstDifference is { } difference
            ? difference with { Expected = Masking.Text(difference.Expected), Actual = Masking.Text(difference.Actual) }
            : null);

    private static string? Cut(string? text) => text is null ? null : Masking.Cut(Masked(text), Longest);

    /// <summary>An address that came may carry what is a secret elsewhere.</summary>
    private static string Masked(string text) =>
        text.Contains("://", StringComparison.Ordinal) && text.Contains('?') ? Masking.Address(text) : Masking.Personal(text);
}
