using Yaopai.Server.Journal;
using Yaopai.Server.Pages;

namespace Yaopai.Server.Sandbox.Requests;

/// <summary>The journal for people, at the addresses where programs get JSON.</summary>
internal sealed class RequestPages(RequestJournal journal, RequestFilterReader filters)
{
    /// <summary>What the form asks for.</summary>
    private static readonly string[] s_inForm = [AskedApps.ClientId, "operation", "code", "status"];

    public async Task ShowListAsync(HttpContext http)
    {
        if (!journal.IsOn)
        {
            await ShowFaultAsync(http, RequestTexts.Off.In(Language.Of(http.Request)), StatusCodes.Status404NotFound);
            return;
        }

        var (filter, problem) = await filters.ReadAsync(Filled(http.Request.Query), http.RequestAborted);
        if (problem is not null)
        {
            await ShowFaultAsync(http, problem.Detail, problem.Status);
            return;
        }

        var found = journal.List(filter!.Query, filter.Limit, filter.Before);
        var isNewest = filter.Before is long.MaxValue && filter.Query.Until is null;
        await WriteAsync(http, new RequestList(
            [.. found.Select(RequestRow.Of)], AskedIn(http), KeptIn(http), Fault: null,
            found.Count == filter.Limit ? RequestEndpoints.Next(http.Request, found[^1]) : null,
            isNewest ? RequestEndpoints.StreamPath + QueryString.Create(Filled(http.Request.Query)) : null));
    }

    public Task ShowAsync(HttpContext http, string id)
    {
        var language = Language.Of(http.Request);
        if (journal.Find(id) is not { } entry)
            return ShowFaultAsync(
                http, (journal.IsOn ? RequestTexts.Missing : RequestTexts.Off).In(language), StatusCodes.Status404NotFound);

        WriteHeaders(http);
        return http.WritePageAsync<RequestShownPage, RequestShown>(new RequestShown(entry, language));
    }

    private static Task ShowFaultAsync(HttpContext http, string fault, int status) =>
        WriteAsync(http, new RequestList([], AskedIn(http), KeptIn(http), fault, Older: null, Stream: null), status);

    private static Task WriteAsync(HttpContext http, RequestList list, int status = StatusCodes.Status200OK)
    {
        WriteHeaders(http);
        if (list.Stream is not null)
            PageHeaders.LetModulesRun(http.Response);
        return http.WritePageAsync<RequestListPage, RequestList>(list, status);
    }

    private static void WriteHeaders(HttpContext http)
    {
        PageHeaders.Write(http.Response.Headers);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Vary = "Accept, Accept-Language, Cookie";
    }

    private static Dictionary<string, string> AskedIn(HttpContext http) => http.Request.Query
        .Where(pair => s_inForm.Contains(pair.Key) && pair.Value.ToString() is not "")
        .ToDictionary(pair => pair.Key, pair => pair.Value.ToString());

    private static (string Name, string Value)[] KeptIn(HttpContext http) =>
        [.. from name in new[] { AskedApps.World, "surface", "since", "limit" }
            where http.Request.Query[name].ToString() is not ""
            select (name, http.Request.Query[name].ToString())];

    /// <summary>Without the fields of the form that were left empty, and without the language.</summary>
    private static QueryCollection Filled(IQueryCollection query) =>
        new(query.Where(pair => pair.Key is not Language.Parameter && pair.Value.ToString() is not "").ToDictionary());
}
