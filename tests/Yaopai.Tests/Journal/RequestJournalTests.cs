using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Journal;

namespace Yaopai.Tests.Journal;

public sealed class RequestJournalTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly JournalOptions _options = new() { Entries = 10 };

    private RequestJournal Journal => field ??= new RequestJournal(Options.Create(_options));

    [Fact]
    public void The_oldest_leave_when_there_are_too_many()
    {
        foreach (var number in Enumerable.Range(1, 25))
            Add(Entry($"r{number}"));

        Assert.Equal(10, Journal.Count);
        Assert.Equal(["r25", "r24", "r23"], Journal.List(new JournalQuery(), 3).Select(entry => entry.Id));
        Assert.Null(Journal.Find("r15"));
        Assert.NotNull(Journal.Find("r16"));
    }

    [Fact]
    public void The_oldest_leave_when_they_take_too_much_memory()
    {
        _options.Entries = 1000;
        _options.MaxBytes = 64 * 1024;
        foreach (var number in Enumerable.Range(1, 100))
            Add(Entry($"r{number}", body: new string('x', 4000)));

        Assert.InRange(Journal.Count, 1, 8);
        Assert.Equal("r100", Journal.List(new JournalQuery(), 1).Single().Id);
    }

    [Fact]
    public void A_list_goes_on_where_another_ended()
    {
        foreach (var number in Enumerable.Range(1, 5))
            Add(Entry($"r{number}"));

        var first = Journal.List(new JournalQuery(), 2);
        var second = Journal.List(new JournalQuery(), 9, first[^1].Number);

        Assert.Equal(["r5", "r4"], first.Select(entry => entry.Id));
        Assert.Equal(["r3", "r2", "r1"], second.Select(entry => entry.Id));
    }

    [Fact]
    public void Each_filter_narrows_by_itself()
    {
        Add(Entry("good"));
        Add(Entry("refused", error: HuaweiAccountErrors.Token.CodeExpired, appId: 7));
        Add(Entry("later", minutes: 5, operation: "open.getInfo"));

        Assert.Equal(["refused"], Found(new() { Apps = new HashSet<long> { 7 } }));
        Assert.Equal(["refused"], Found(new() { Code = "1101/20155" }));
        Assert.Equal(["refused"], Found(new() { Code = "20155" }));
        Assert.Equal(["refused"], Found(new() { Code = "*" }));
        Assert.Equal(["later"], Found(new() { Operation = "getinfo" }));
        Assert.Equal(["later"], Found(new() { Surface = "open" }));
        Assert.Equal(["later"], Found(new() { Since = s_noon.AddMinutes(1) }));
        Assert.Equal(["refused", "good"], Found(new() { Until = s_noon.AddMinutes(1) }));
        Assert.Equal(["later", "refused", "good"], Found(new() { Status = 200 }));
        Assert.Equal([], Found(new() { Status = 400 }));
    }

    [Fact]
    public void Whoever_listens_hears_of_what_is_answered_and_nothing_more_after_leaving()
    {
        var listener = Journal.Listen();
        Add(Entry("heard"));
        listener.Dispose();
        Add(Entry("unheard"));

        Assert.True(listener.Entries.TryRead(out var entry));
        Assert.Equal("heard", entry.Id);
        Assert.False(listener.Entries.TryRead(out _));
    }

    [Fact]
    public void Whoever_does_not_read_loses_the_oldest_and_holds_nobody_up()
    {
        using var listener = Journal.Listen();
        foreach (var number in Enumerable.Range(1, 1000))
            Add(Entry($"r{number}"));

        Assert.Equal(256, listener.Entries.Count);
        Assert.True(listener.Entries.TryRead(out var oldest));
        Assert.Equal("r745", oldest.Id);
    }

    [Fact]
    public void The_requests_of_some_apps_are_forgotten_alone()
    {
        Add(Entry("a", appId: 1));
        Add(Entry("b", appId: 2));
        Add(Entry("c"));

        Journal.Remove(new HashSet<long> { 1 });

        Assert.Equal(["c", "b"], Found(new()));
    }

    private string[] Found(JournalQuery query) => [.. Journal.List(query, 100).Select(entry => entry.Id)];

    private void Add(JournalEntry entry)
    {
        var recorder = new AnswerRecorder(new DefaultHttpContext(), () => 0);
        recorder.Begin();
        entry.Follow(recorder);
        Journal.Add(entry);
        recorder.End();
        Journal.Close(entry);
    }

    private static JournalEntry Entry(
        string id, ErrorDefinition? error = null, long? appId = null, int minutes = 0, string operation = "huawei.token",
        string? body = null) => new()
        {
            Id = id,
            Time = s_noon.AddMinutes(minutes),
            Surface = operation.Split('.')[0],
            Operation = operation,
            AppId = appId,
            Peer = "127.0.0.1",
            Method = "POST",
            Path = "/",
            Headers = [],
            Parameters = [],
            Body = body,
            Refusal = error is null ? null : JournalRefusal.Of(error, new Reason("why"), ""),
        };
}
