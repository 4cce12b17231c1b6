using System.Collections.Frozen;
using System.Text;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Journal;

/// <summary>Enters every request into the journal, and what it met into the coverage of its app.</summary>
/// <param name="explained">Null where nobody is told of an entry.</param>
/// <param name="met">Null where nobody asks for coverage.</param>
internal sealed class JournalObserver(RequestJournal journal, TimeProvider time, IExplainAddress? explained = null, MetErrors? met = null)
    : ICallObserver
{
    private const int LongestPath = 1024;
    private const int MostParameters = 100;

    /// <summary>Of a body, in characters: what is kept of it is made of these.</summary>
    private const int LongestBody = 16 * 1024;

    /// <summary>The headers that say something of a call.</summary>
    private static readonly FrozenSet<string> s_headers = FrozenSet.ToFrozenSet(
        ["Host", "Content-Type", "Content-Length", "Accept", "Accept-Language", "Origin", "User-Agent", "Yaopai-Error"],
        StringComparer.OrdinalIgnoreCase);

    private readonly RequestJournal _journal = journal;
    private readonly TimeProvider _time = time;
    private readonly IExplainAddress? _explained = explained;
    private readonly MetErrors? _met = met;

    public IObservedCall Begin(ISurface surface, Call call) => new Observed(this, surface, call, _time.GetTimestamp());

    private static JournalEntry EntryOf(ISurface surface, Call call, IOperation? operation, in Answer answer, DateTimeOffset now)
    {
        var (http, app) = (call.Http, call.App);
        var appTime = app is null ? call.Now : call.NowFor(app.Id);
        return new JournalEntry
        {
            Id = http.TraceIdentifier,
            Time = now,
            AppTime = (appTime - now).Duration() > TimeSpan.FromMinutes(1) ? appTime : null,
            Surface = surface.Slug,
            Operation = operation?.Target ?? surface.Slug,
            AppId = app?.Id,
            Peer = $"{call.Peer}",
            Method = http.Request.Method,
            Path = Masking.Cut(Masking.Text($"{http.Request.PathBase}{http.Request.Path}"), LongestPath),
            Headers = HeadersOf(http.Request),
            Parameters = ParametersOf(call),
            Body = BodyOf(call),
            Refusal = answer.Error is { } error
                ? JournalRefusal.Of(error, answer.Why?.Invoke(), PublicAddress.OriginOf(http.Request) + http.Request.PathBase)
                : null,
        };
    }

    private static List<JournalField> HeadersOf(HttpRequest request)
    {
        var kept = new List<JournalField>();
        foreach (var (name, value) in request.Headers)
        {
            if (s_headers.Contains(name) || name.EndsWith("Authorization", StringComparison.OrdinalIgnoreCase))
                kept.Add(new JournalField(name, Masking.Header(name, value.ToString())));
        }

        return kept;
    }

    /// <summary>Where nothing was read, because no operation took the request: what stands in its query.</summary>
    private static JournalField[] ParametersOf(Call call)
    {
        var items = call.Parameters.Items;
        if (items.Count == 0 && Parameters.TryRead(call.Http.Request.QueryString.Value, out var query))
            items = query.Items;

        return
        [
            .. items.Take(MostParameters).Select(item => new JournalField(Masking.Name(item.Key), Masking.Value(item.Key, item.Value))),
        ];
    }

    private static string? BodyOf(Call call)
    {
        var text = call.Text is not "" ? call.Text : call.Body.Raw;
        if (text is "")
            return null;

        var beginning = text.Length <= LongestBody ? text : text[..LongestBody];
        return MaskedBody.Of(
            call.Http.Request.ContentType, Encoding.UTF8.GetBytes(beginning), isAnswer: false, isWhole: beginning.Length == text.Length);
    }

    private sealed class Observed(JournalObserver observer, ISurface surface, Call call, long startedAt) : IObservedCall
    {
        private AnswerRecorder? _recorder;
        private JournalEntry? _entry;

        public void OnAnswer(IOperation? operation, in Answer answer)
        {
            var now = observer._time.GetUtcNow();
            if (operation is not null)
                observer._met?.Add(call.App?.Id ?? 0, operation, answer.Error, now);
            if (!observer._journal.IsOn)
                return;

            if (answer.Error is not null && observer._explained is { } explained)
                call.Http.Response.Headers[IExplainAddress.Header] = explained.Of(call);

            _entry = EntryOf(surface, call, operation, answer, now);
            _recorder = new AnswerRecorder(call.Http, () => observer._time.GetElapsedTime(startedAt).TotalMilliseconds);
            _recorder.Begin();
            _entry.Follow(_recorder);
            observer._journal.Add(_entry);
        }

        public void End()
        {
            if (_entry is null)
                return;

            _recorder!.End();
            observer._journal.Close(_entry);
        }
    }
}
