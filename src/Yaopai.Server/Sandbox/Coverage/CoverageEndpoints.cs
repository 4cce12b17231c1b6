using Microsoft.Net.Http.Headers;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Journal;
using Yaopai.Server.Pages;
using Yaopai.Server.Sandbox.Requests;

namespace Yaopai.Server.Sandbox.Coverage;

/// <summary>Coverage of the documented errors by the app under test: as JSON, for a CI, and as a page.</summary>
internal sealed class CoverageEndpoints(MetErrors met, AskedApps asked, IEnumerable<ISurface> surfaces) : ISandboxEndpoints
{
    public const string Path = "/sandbox/coverage";
    public const string Operation = "operation";

    private const string AudienceName = "audience";
    private const string Format = "format";
    private const string Json = "json";
    private const string JUnit = "junit";
    private const string Operations = "operations";
    private const string Surface = "surface";
    private const string Every = "all";
    private const string Called = "called";

    private static readonly string[] s_names =
        [AskedApps.ClientId, AskedApps.World, Operations, Surface, Operation, AudienceName, Format];

    private readonly IOperation[] _operations = [.. surfaces.SelectMany(surface => surface.Operations)];

    public void Map(SandboxRoutes routes) => routes.Show(Path, AnswerAsync);

    private async Task AnswerAsync(HttpContext http)
    {
        var (report, problem) = await ReadAsync(http.Request.Query, http.RequestAborted);
        http.Response.Headers.Vary = "Accept, Accept-Language, Cookie";
        if (problem is not null)
            await problem.WriteAsync(http.Response);
        else if (WantsJUnit(http.Request))
            await WriteJUnitAsync(http, report!);
        else if (http.Request.Query[Format] != Json && Negotiation.NamesHtml(http.Request))
            await ShowAsync(http, report!);
        else
            await SandboxAnswer.Of(Describe(http.Request, report!)).WriteAsync(http);
    }

    private async ValueTask<(CoverageReport? Report, Problem? Problem)> ReadAsync(IQueryCollection query, CancellationToken ct)
    {
        if (query.Keys.FirstOrDefault(name => !IsKnown(name)) is { } unknown)
            return (null, Problem.Invalid($"{unknown} is no filter; there are {string.Join(", ", s_names)}."));

        var (apps, problem) = await asked.ReadAsync(query, ct);
        if (problem is not null)
            return (null, problem);
        if (query[Operations].ToString() is not ("" or Every or Called))
            return (null, Problem.Invalid($"{Operations}: {Called} (those that the app has called, by default) or {Every}."));
        if (query[Format].ToString() is not ("" or Json or JUnit))
            return (null, Problem.Invalid($"{Format}: {Json} or {JUnit}."));

        Audience? audience = null;
        if (query[AudienceName].ToString() is { Length: > 0 } name)
        {
            if (!Enum.TryParse<Audience>(name, ignoreCase: true, out var known) || char.IsDigit(name[0]))
                return (null, Problem.Invalid($"{AudienceName}: caller, user or operator."));
            audience = known;
        }

        var (surface, operation) = (query[Surface].ToString(), query[Operation].ToString());
        IOperation[] named =
        [
            .. _operations.Where(one => (surface is "" || one.Target.StartsWith($"{surface}.", StringComparison.Ordinal))
                && (operation is "" || one.Target.Equals(operation, StringComparison.OrdinalIgnoreCase))),
        ];
        if (named.Length == 0)
        {
            var nearest = Spelling.Nearest(operation, _operations.Select(one => one.Target)) ?? _operations[0].Target;
            return (null, Problem.Invalid($"{Surface}, {Operation}: there is no such operation; {nearest} is one."));
        }

        var found = met.Of(apps);
        var isNarrow = operation is "" && query[Operations] != Every;
        return (CoverageReport.Of(
            found, isNarrow ? named.Where(one => found.Any(called => called.Operation == one)) : named, audience), null);
    }

    private static bool IsKnown(string name) => s_names.Contains(name) || name is Language.Parameter or PlainAnswer.Parameter;

    private static bool WantsJUnit(HttpRequest request) => request.Query[Format] == JUnit
        || (request.Query[Format].ToString() is "" && request.GetTypedHeaders().Accept is [var first, ..] && IsXml(first));

    private static bool IsXml(MediaTypeHeaderValue type) => type.MediaType.Value is "application/xml" or "text/xml";

    private static async Task WriteJUnitAsync(HttpContext http, CoverageReport report)
    {
        var xml = CoverageXml.Write(report);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = "application/xml; charset=utf-8";
        http.Response.ContentLength = xml.Length;
        await http.Response.Body.WriteAsync(xml, http.RequestAborted);
    }

    private static Task ShowAsync(HttpContext http, CoverageReport report)
    {
        PageHeaders.Write(http.Response.Headers);
        http.Response.Headers.CacheControl = "no-store";
        return http.WritePageAsync<CoveragePage, CoverageShown>(
            CoverageShown.Of(report, http.Request.Query[AskedApps.ClientId].ToString(), Which(http.Request.Query)));
    }

    private static ShownOperations Which(IQueryCollection query) => query[Operation].ToString() is not "" ? ShownOperations.One
        : query[Operations] == Every ? ShownOperations.All
        : ShownOperations.Called;

    private static object Describe(HttpRequest request, CoverageReport report) => new
    {
        client_id = request.Query[AskedApps.ClientId].ToString() is { Length: > 0 } clientId ? clientId : null,
        world = request.Query[AskedApps.World].ToString() is { Length: > 0 } world ? world : null,
        report.Met,
        report.Documented,
        operations = report.Operations.Select(operation => new
        {
            operation.Operation,
            operation.Calls,
            operation.Met,
            documented = operation.Errors.Count,
            errors = operation.Errors.Select(error => new
            {
                error.Definition.Number,
                error.Definition.Name,
                error.Definition.Zh,
                error.Definition.En,
                audience = error.Definition.Audience.ToString().ToLowerInvariant(),
                retry = error.Definition.Retry.ToString().ToLowerInvariant(),
                page = request.PathBase.ToUriComponent() + ErrorCatalogue.PageOf(error.Definition),
                count = error.Meeting?.Count ?? 0,
                first = error.Meeting?.First,
                last = error.Meeting?.Last,
            }),
        }),
    };
}
