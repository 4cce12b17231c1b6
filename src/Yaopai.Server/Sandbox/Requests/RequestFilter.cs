using System.Globalization;
using Yaopai.Server.Gateway;
using Yaopai.Server.Journal;
using Yaopai.Server.Pages;

namespace Yaopai.Server.Sandbox.Requests;

/// <summary>What a query asks of the journal.</summary>
/// <param name="Before">The number of the entry before which the list goes on.</param>
internal sealed record RequestFilter(JournalQuery Query, int Limit, long Before);

internal sealed class RequestFilterReader(AskedApps asked, TimeProvider time)
{
    public const string Before = "before";

    private const string Code = "code";
    private const string Limit = "limit";
    private const string Operation = "operation";
    private const string Since = "since";
    private const string Status = "status";
    private const string Surface = "surface";
    private const string Until = "until";
    private const int MostAtOnce = 500;
    private const int AtOnce = 50;

    public static readonly string[] Names =
        [AskedApps.ClientId, AskedApps.World, Operation, Surface, Code, Status, Since, Until, Limit, Before];

    public async ValueTask<(RequestFilter? Filter, Problem? Problem)> ReadAsync(IQueryCollection query, CancellationToken ct)
    {
        if (query.Keys.FirstOrDefault(name => !IsKnown(name)) is { } unknown)
            return (null, Problem.Invalid($"{unknown} is no filter; there are {string.Join(", ", Names)}."));

        var (apps, problem) = await asked.ReadAsync(query, ct);
        if (problem is not null)
            return (null, problem);
        if (!TryNumber(query[Status], 100, 599, out var status))
            return (null, Problem.Invalid($"{Status}: an HTTP status, 100 to 599."));
        if (!TryNumber(query[Limit], 1, MostAtOnce, out var limit))
            return (null, Problem.Invalid($"{Limit}: 1 to {MostAtOnce}."));
        if (!TryNumber(query[Before], 0, long.MaxValue, out var before))
            return (null, Problem.Invalid($"{Before}: the number of a request, as \"next\" has it."));
        if (!TryInstant(query[Since], out var since) || !TryInstant(query[Until], out var until))
            return (null, Problem.Invalid($"{Since}, {Until}: 2026-01-31T08:00:00Z, or how long ago: PT5M."));

        return (new RequestFilter(
            new JournalQuery
            {
                Apps = apps,
                Operation = TextOf(query[Operation]),
                Surface = TextOf(query[Surface]),
                Code = TextOf(query[Code]),
                Status = (int?)status,
                Since = since,
                Until = until,
            },
            (int)(limit ?? AtOnce), before ?? long.MaxValue), null);
    }

    private static bool IsKnown(string name) => Names.Contains(name) || name is Language.Parameter or PlainAnswer.Parameter;

    private static string? TextOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static bool TryNumber(string? text, long least, long most, out long? number)
    {
        number = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) || read < least || read > most)
            return false;

        number = read;
        return true;
    }

    private bool TryInstant(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (string.IsNullOrEmpty(text))
            return true;

        var now = time.GetUtcNow();
        if (text is ['P', ..] && Iso8601Duration.TryRead(text, out var ago) && ago >= TimeSpan.Zero && ago < now - DateTimeOffset.UnixEpoch)
        {
            instant = now - ago;
            return true;
        }

        if (!DateTimeOffset.TryParse(
            text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)) // "+08:00" in a query
            return false;

        instant = read;
        return true;
    }
}
