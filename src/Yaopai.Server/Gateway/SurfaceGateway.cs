using System.Net;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Gateway;

/// <summary>The way in and out of every surface: limits, routing, one answer to everything that can go wrong.</summary>
internal sealed class SurfaceGateway(
    ISurface surface, SurfaceOptions place, IOptions<GatewayOptions> limits, Deadlines deadlines, Readiness readiness, Admission admission,
    IAppClock clock, TimeProvider time, IEnumerable<IRefusalListener> listeners, ILogger<SurfaceGateway> log, IFaults? faults = null,
    IErrorPage? page = null)
{
    private readonly IRefusalListener[] _listeners = [.. listeners];

    private readonly IPNetwork[] _networks = [.. place.AllowedNetworks.Select(text => IPNetwork.Parse(text))];

    /// <summary>True when the request is this surface's, with its path there.</summary>
    public bool Takes(HttpRequest request, out string path)
    {
        if (request.Path.StartsWithSegments("/" + surface.Slug, StringComparison.Ordinal, out var rest))
        {
            path = rest.Value ?? "";
            return true;
        }

        path = request.Path.Value ?? "";
        return !PagePaths.Holds(request.Path) && place.Hosts.Length > 0
            && place.Hosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase);
    }

    public async Task HandleAsync(HttpContext http, string path)
    {
        var deadline = deadlines.Start();
        try
        {
            var call = new Call(http, path, limits.Value, clock, time.GetUtcNow(), deadline.Token);
            var (answer, operation) = await AnswerAsync(call);
            await WriteAsync(call, operation, Guarded(operation, answer));
        }
        finally
        {
            deadlines.End(deadline);
        }
    }

    private async ValueTask<(Answer Answer, IOperation? Operation)> AnswerAsync(Call call)
    {
        IOperation? operation = null;
        try
        {
            faults?.Begin(call);
            var route = await surface.RouteAsync(call);
            operation = route.Operation;
            if (operation is null)
                return (Answer.Refusal(route.Refusal!.Value), null);

            if (route.NoSuchPath is { } why)
                return (Refusal(operation, Failure.NoSuchPath, why), operation);

            return (await HandleAsync(call, operation), operation);
        }
        catch (Exception exception)
        {
            var failure = FailureErrors.Of(exception, call.Ct);
            if (failure is Failure.Unexpected)
                log.RequestFailedUnexpectedly(exception, operation?.Target ?? surface.Slug, call.Http.TraceIdentifier);
            else
                log.RequestFailed(failure, operation?.Target ?? surface.Slug, call.Http.TraceIdentifier, exception.Message);

            return (Refusal(operation ?? surface.Operations[0], failure), operation);
        }
    }

    private async ValueTask<Answer> HandleAsync(Call call, IOperation operation)
    {
        if (!Allows(call.Peer))
            return Refusal(operation, Failure.Forbidden, () => $"{call.Peer} is in none of the surface's AllowedNetworks");

        if (!operation.Methods.Contains(call.Http.Request.Method))
        {
            call.Http.Response.Headers.Allow = string.Join(", ", operation.Methods);
            return Refusal(operation, Failure.MethodNotAllowed, () =>
                $"{call.Http.Request.Method} came, {string.Join(" or ", operation.Methods)} is answered");
        }

        if (!readiness.IsReady)
            return Refusal(
                operation, Failure.StorageUnreachable, static () => "the server is starting and has not reached its database yet");

        if (faults is not null && await faults.StrikeAsync(call, operation, clientId: null) is { } forced)
            return Answer.Refusal(new Refusal(forced, Admission.Forced));

        if (operation.Source is not ParameterSource.None && await call.ReadAsync(operation.Source) is { } trouble)
            return Refusal(operation, trouble, call.WhyUnreadable);

        return await operation.HandleAsync(call, admission);
    }

    /// <summary>An answer that the catalogue does not document for its operation never leaves.</summary>
    private Answer Guarded(IOperation? operation, Answer answer)
    {
        if (operation is null || answer.Error is not { } error || operation.Documented.Contains(error))
            return answer;

        log.AnsweredUndocumented(operation.Target, $"{error}");
        return Refusal(operation, Failure.Undocumented);
    }

    private async ValueTask WriteAsync(Call call, IOperation? operation, Answer answer)
    {
        var response = call.Http.Response;
        if (answer.Error is { } error)
        {
            response.Headers["X-Request-Id"] = call.Http.TraceIdentifier;
            var refused = new RefusedRequest(
                surface.Slug, operation?.Target ?? surface.Slug, error, call.App?.Id, call.Http.TraceIdentifier, answer.Why);
            foreach (var listener in _listeners)
                listener.OnRefused(refused);
        }

        if (call.Ct.IsCancellationRequested)
            response.Headers.Connection = "close"; // what is left of the body will not be waited for

        if (answer is { Error: { } shown, Location: null } && operation is { IsForPeople: true }
            && page?.IsWanted(call.Http.Request) is true)
            await page.WriteAsync(call.Http, shown, operation.UserCodeParameter);
        else
            await surface.WriteAsync(call, answer);
    }

    private bool Allows(IPAddress peer)
    {
        foreach (var network in _networks)
        {
            if (network.Contains(peer))
                return true;
        }

        return _networks.Length == 0;
    }

    private static Answer Refusal(IOperation operation, Failure failure, Func<string?>? why = null) =>
        Answer.Refusal(new Refusal(operation.Failures[failure] ?? operation.Failures[Failure.Unexpected]!, why));
}
