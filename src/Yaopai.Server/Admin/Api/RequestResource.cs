using System.Globalization;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Journal;

namespace Yaopai.Server.Admin.Api;

/// <summary><c>/requests</c>: the last requests with their answers, and why they were refused, as far as the journal keeps them.</summary>
internal sealed class RequestResource(IServiceProvider services) : IAdminResource
{
    private static readonly Member[] s_filters =
    [
        new("client_id", ValueKind.Number,  "Only requests of this app."),
        new("surface",   ValueKind.Text,    "Only requests of this surface: huawei."),
        new("operation", ValueKind.Text,    "Only requests of this operation: huawei.token, token."),
        new("code",      ValueKind.Text,    "Only requests that were refused with this error: 1101/20155; * for any."),
        new("status",    ValueKind.Number,  "Only requests that were answered with this HTTP status.") { Least = 100, Most = 599 },
        new("since",     ValueKind.Instant, "Only what came then or later."),
        new("until",     ValueKind.Instant, "Only what came before then."),
    ];

    private static readonly Member[] s_answer =
    [
        new("id",          ValueKind.Text,    "As X-Request-Id says it."),
        new("time",        ValueKind.Instant, "When it came."),
        new("client_id",   ValueKind.Text,    "The app, as far as it named one that exists.") { IsNullable = true },
        new("surface",     ValueKind.Text,    "The surface."),
        new("operation",   ValueKind.Text,    "The operation; the surface where none took it."),
        new("peer",        ValueKind.Text,    "From where."),
        new("method",      ValueKind.Text,    "The method."),
        new("path",        ValueKind.Text,    "The path, without its query."),
        new("status",      ValueKind.Number,  "The HTTP status of the answer."),
        new("duration_ms", ValueKind.Number,  "How long it took, in whole milliseconds."),
        new("error",       ValueKind.Text,    "The error that it was refused with; null where it was not.") { IsNullable = true },
        new("code",        ValueKind.Text,    "Its code.") { IsNullable = true },
        new("reason",      ValueKind.Text,    "Why it was.") { IsNullable = true },
    ];

    private static readonly Member s_entry =
        new("request", ValueKind.Any, "The request and its answer whole, with secrets and personal data masked.");

    public IReadOnlyList<AdminOperation> Operations =>
    [
        new("request.list", "GET", "/requests", AdminAccess.Read, "Lists the last requests, newest first.", ListAsync)
        {
            Query = s_filters,
            Form = AnswerForm.Page,
            Answer = s_answer,
            Errors = [OperatorErrors.AdminApi.JournalOff],
        },
        new("request.show", "GET", "/requests/{id}", AdminAccess.Read, "Shows a request and its answer.", ShowAsync)
        {
            Form = AnswerForm.Plain,
            Answer = [.. s_answer, s_entry],
            Errors = [OperatorErrors.AdminApi.JournalOff, OperatorErrors.AdminApi.RequestUnknown],
        },
    ];

    /// <exception cref="CommandException">Nothing is kept.</exception>
    private RequestJournal Journal => services.GetService<RequestJournal>() is { IsOn: true } journal
        ? journal
        : throw new CommandException(OperatorErrors.AdminApi.JournalOff, "No request is kept.");

    private Task<AdminAnswer> ListAsync(AdminCall call)
    {
        var query = new JournalQuery
        {
            Apps = call.Query.Number("client_id") is { } app ? new HashSet<long> { app } : null,
            Surface = call.Query.Text("surface"),
            Operation = call.Query.Text("operation"),
            Code = call.Query.Text("code"),
            Status = (int?)call.Query.Number("status"),
            Since = call.Query.Instant("since"),
            Until = call.Query.Instant("until"),
        };
        var journal = Journal;
        return call.PageAsync<JournalEntry>(
            (before, take) => Task.FromResult(journal.List(
                query, take, before is null ? long.MaxValue : long.Parse(before, CultureInfo.InvariantCulture))),
            entry => $"{entry.Number}", FieldsOf);
    }

    private Task<AdminAnswer> ShowAsync(AdminCall call)
    {
        var entry = Journal.Find(call.Path("id")) ?? throw new CommandException(
            OperatorErrors.AdminApi.RequestUnknown, $"The journal has no request {Table.Printable(call.Path("id"))}, or no more.");
        return Task.FromResult(AdminAnswer.Plain(
            [.. FieldsOf(entry), new(s_entry.Name, JsonSerializer.SerializeToElement(entry, JournalJson.Options))]));
    }

    private static IReadOnlyList<Field> FieldsOf(JournalEntry entry) =>
    [
        new("id",          entry.Id),
        new("time",        entry.Time),
        new("client_id",   entry.ClientId),
        new("surface",     entry.Surface),
        new("operation",   entry.Operation),
        new("peer",        entry.Peer),
        new("method",      entry.Method),
        new("path",        entry.Path),
        new("status",      entry.Answer.Status),
        new("duration_ms", (long)entry.Answer.DurationMs),
        new("error",       entry.Refusal?.Error),
        new("code",        entry.Refusal?.Number),
        new("reason",      entry.Refusal?.Reason?.Text),
    ];
}
