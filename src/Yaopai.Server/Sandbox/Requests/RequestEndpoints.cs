using Microsoft.AspNetCore.Http.Extensions;
using Yaopai.Server.Gateway;
using Yaopai.Server.Journal;
using Yaopai.Server.Pages;

namespace Yaopai.Server.Sandbox.Requests;

/// <summary>The journal: what came, what was answered, and why.</summary>
internal sealed class RequestEndpoints(
    RequestJournal journal, RequestFilterReader filters, AskedApps asked, RequestStream stream, RequestPages pages) : ISandboxEndpoints
{
    public const string Path = "/sandbox/requests";
    public const string StreamPath = Path + "/stream";

    private static readonly Problem s_off = Problem.NotFound("The journal is off: --Journal:Enabled=true.");

    public void Map(SandboxRoutes routes)
    {
        routes.Show(Path, http => Negotiation.NamesHtml(http.Request) ? pages.ShowListAsync(http) : WriteListAsync(http));
        routes.Show(Path + "/{id}", http => Negotiation.NamesHtml(http.Request)
            ? pages.ShowAsync(http, IdOf(http))
            : Show(IdOf(http)).WriteAsync(http));
        routes.Show(StreamPath, http => journal.IsOn ? stream.WriteAsync(http) : s_off.WriteAsync(http.Response));
        routes.Delete(Path, RemoveAsync);
    }

    private static string IdOf(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    private async Task WriteListAsync(HttpContext http) => await (await ListAsync(http)).WriteAsync(http);

    private async Task<SandboxAnswer> ListAsync(HttpContext http)
    {
        if (!journal.IsOn)
            return s_off;

        var (filter, problem) = await filters.ReadAsync(http.Request.Query, http.RequestAborted);
        if (problem is not null)
            return problem;

        var found = journal.List(filter!.Query, filter.Limit, filter.Before);
        return SandboxAnswer.Of(new
        {
            requests = found,
            next = found.Count == filter.Limit ? $"{http.Request.PathBase}{Next(http.Request, found[^1])}" : null,
        });
    }

    private SandboxAnswer Show(string id) =>
        !journal.IsOn ? s_off
        : journal.Find(id) is { } entry ? SandboxAnswer.Of(entry)
        : Problem.NotFound($"The journal has no request of that id, or no more; GET {Path} lists those it has.");

    private async Task<SandboxAnswer> RemoveAsync(HttpContext http)
    {
        if (http.Request.Query.Keys.FirstOrDefault(name => name is not (AskedApps.ClientId or AskedApps.World)) is { } unknown)
            return Problem.Invalid($"{unknown}: requests are removed by {AskedApps.ClientId}, by {AskedApps.World}, or all of them.");

        var (apps, problem) = await asked.ReadAsync(http.Request.Query, http.RequestAborted);
        if (problem is not null)
            return problem;

        if (apps is null)
            journal.Clear();
        else
            journal.Remove(apps);
        return SandboxAnswer.Done;
    }

    /// <summary>Where the list goes on.</summary>
    internal static string Next(HttpRequest request, JournalEntry last)
    {
        var query = new QueryBuilder(request.Query.Where(pair => pair.Key is not (RequestFilterReader.Before or Language.Parameter)))
        {
            { RequestFilterReader.Before, $"{last.Number}" },
        };
        return $"{Path}{query}";
    }
}
