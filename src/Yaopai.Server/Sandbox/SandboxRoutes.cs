using Yaopai.Server.Gateway;

namespace Yaopai.Server.Sandbox;

/// <summary>The addresses under /sandbox: each asks first whether the caller may use it.</summary>
internal sealed class SandboxRoutes
{
    private readonly IEndpointRouteBuilder _routes;

    public SandboxRoutes(IEndpointRouteBuilder routes)
    {
        _routes = routes;
        routes.MapMethods("/sandbox/{**path}", ["OPTIONS"], AnswerPreflightAsync);
    }

    public void Get(string path, Func<HttpContext, Task<SandboxAnswer>> answer) => Map("GET", path, answer);

    public void Delete(string path, Func<HttpContext, Task<SandboxAnswer>> answer) => Map("DELETE", path, answer);

    /// <summary>A request without a body.</summary>
    public void Post(string path, Func<HttpContext, Task<SandboxAnswer>> answer) => Map("POST", path, answer);

    /// <summary>A request whose body is JSON.</summary>
    public void Post<T>(string path, Func<HttpContext, T, Task<SandboxAnswer>> answer) where T : class => Map("POST", path, answer);

    /// <summary>The same for a change of what is there.</summary>
    public void Put<T>(string path, Func<HttpContext, T, Task<SandboxAnswer>> answer) where T : class => Map("PUT", path, answer);

    /// <summary>Writes its answer itself: a page, or a stream.</summary>
    public void Show(string path, Func<HttpContext, Task> write) => Guard("GET", path, write);

    /// <summary>Addresses that stand for a program of somebody else's: its callers show credentials of its own.</summary>
    public void Foreign(Action<IEndpointRouteBuilder> map) => map(_routes);

    private void Map(string method, string path, Func<HttpContext, Task<SandboxAnswer>> answer) =>
        Guard(method, path, async http => await (await answer(http)).WriteAsync(http));

    private void Map<T>(string method, string path, Func<HttpContext, T, Task<SandboxAnswer>> answer) where T : class =>
        Map(method, path, async http =>
        {
            var (request, problem) = await SandboxBody.ReadAsync<T>(http);
            return problem is null ? await answer(http, request!) : problem;
        });

    private void Guard(string method, string path, Func<HttpContext, Task> handle) =>
        _routes.MapMethods(path, [method], async http =>
        {
            var access = http.RequestServices.GetRequiredService<SandboxAccess>();
            if (access.IsOfNamedOrigin(http.Request))
                SayReader(http, http.Request.Headers.Origin!);

            await (access.Allows(http.Request)
                ? handle(http)
                : new Problem(403, "Not from here", access.WhyNot(http.Request)).WriteAsync(http.Response));
        });

    /// <summary>A browser asks before a page sends JSON to another origin.</summary>
    private static Task AnswerPreflightAsync(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<SandboxAccess>().IsOfNamedOrigin(http.Request))
        {
            SayReader(http, http.Request.Headers.Origin!);
            http.Response.Headers.AccessControlAllowMethods = "GET, POST, PUT, DELETE";
            http.Response.Headers.AccessControlAllowHeaders = "Authorization, Content-Type";
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static void SayReader(HttpContext http, string origin)
    {
        http.Response.Headers.AccessControlAllowOrigin = origin;
        http.Response.Headers.Vary = "Origin";
    }
}
