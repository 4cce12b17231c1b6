using System.Net;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Gateway;

/// <summary>The way in and out of every surface: limits, routing, one answer to everything that can go wrong.</summary>
internal sealed class SurfaceGateway(
    ISurface surface, SurfaceOptions place, IOptions<GatewayOptions> limits, Deadlines deadlines, Readiness readiness, Admission admission,
    CrossOrigin crossOrigin, IAppClock clock, HybridClock dates, IEnumerable<IRefusalListener> listeners, ILogger<SurfaceGateway> log,
    OutageLog outages, IFaults? faults = null, IErrorPage? page = null, IFormPostPage? formPost = null, INoSuchPage? noSuchPage = null,
    ICallObserver? observer = null)
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
        IObservedCall? observed = null;
        try
        {
            var call = new Call(http, path, limits.Value, surface.ParameterNames, clock, dates.Now, deadline.Token);
            observed = observer?.Begin(surface, call);
            faults?.Begin(call); // here: what it opens holds until the answer is written
            var (answer, operation, isNowhere) = await AnswerAsync(call);
            answer = Guarded(operation, answer);
            observed?.OnAnswer(operation, answer);
            if (faults is null || operation is null)
                await WriteAsync(call, operation, answer, isNowhere);
            else
                await faults.AnswerAsync(call, operation, answer, broken => WriteAsync(call, operation, broken, isNowhere));
        }
        finally
        {
            observed?.End();
            deadlines.End(deadline);
        }
    }

    private async ValueTask<(Answer Answer, IOperation? Operation, bool IsNowhere)> AnswerAsync(Call call)
    {
        IOperation? operation = null;
        try
        {
            var route = await surface.RouteAsync(call);
            operation = route.Operation;
            if (operation is null)
                return (Answer.Refusal(route.Refusal!.Value), null, true);

            if (route.NoSuchPath is { } why)
                return (Refusal(operation, Failure.NoSuchPath, why), operation, true);

            return (await HandleAsync(call, operation), operation, false);
        }
        catch (Exception exception)
        {
            var failure = FailureErrors.Of(exception, call.Ct);
            if (failure is Failure.Unexpected)
                log.RequestFailedUnexpectedly(exception, operation?.Target ?? surface.Slug, call.Http.TraceIdentifier);
            else if (exception is StorageException storage)
                outages.Say(storage, failure, operation?.Target ?? surface.Slug, call.Http.TraceIdentifier);
            else if (failure is Failure.Unparsable)
                return (Refusal(operation ?? surface.Operations[0], failure, () => exception.Message), operation, false);
            else
                log.RequestFailed(failure, operation?.Target ?? surface.Slug, call.Http.TraceIdentifier, exception.Message);

            return (Refusal(operation ?? surface.Operations[0], failure), operation, false);
        }
    }

    private async ValueTask<Answer> HandleAsync(Call call, IOperation operation)
    {
        if (!Allows(call.Peer))
            return Refusal(operation, Failure.Forbidden, () => $"{call.Peer} is in none of the surface's AllowedNetworks");

        if (crossOrigin.IsPreflight(call.Http.Request, operation))
            return new Answer([], "") { IsPreflight = true };

        if (!operation.Methods.Contains(call.Http.Request.Method))
        {
            call.Http.Response.Headers.Allow = string.Join(", ", operation.Methods);
            return Refusal(operation, Failure.MethodNotAllowed, () => WhyNotAllowed(call, operation));
        }

        if (!readiness.IsReady)
            return Refusal(
                operation, Failure.StorageUnreachable, static () => "the server is starting and has not reached its database yet");

        if (faults is not null && await faults.StrikeAsync(call, operation, clientId: null) is { } forced)
            return Answer.Refusal(new Refusal(forced, Admission.Forced));

        if (operation.Source is not ParameterSource.None && await call.ReadAsync(operation.Source, operation.MaxBodyBytes) is { } trouble)
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

    private async ValueTask WriteAsync(Call call, IOperation? operation, Answer answer, bool isNowhere)
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

        if (operation is not null)
            crossOrigin.SayReader(call, operation);
        if (answer.IsPreflight)
        {
            CrossOrigin.SayMethods(response, operation!);
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (call.Ct.IsCancellationRequested)
            response.Headers.Connection = "close"; // what is left of the body will not be waited for

        if (isNowhere && noSuchPage?.IsWanted(call.Http.Request) is true)
        {
            call.Http.Items[typeof(ISurface)] = surface;
            await noSuchPage.WriteAsync(call.Http, nearest: null);
        }
        else if (answer is { Location: { } address, Fields: { } fields } && formPost is not null)
            await formPost.WriteAsync(call.Http, address, fields);
        else if (!isNowhere && answer is { Error: { } shown, Location: null } && operation is { IsForPeople: true }
            && page?.IsWanted(call.Http.Request) is true)
            await page.WriteAsync(call.Http, shown, operation.UserCodeParameter);
        else
            await surface.WriteAsync(call, answer.Location is { } location ? Located(call, answer, location) : answer);
    }

    private static Reason WhyNotAllowed(Call call, IOperation operation)
    {
        var answered = string.Join(" or ", operation.Methods);
        return new Reason($"{call.Http.Request.Method} came, {answered} is answered")
        {
            Expected = answered,
            Actual = call.Http.Request.Method,
        };
    }

    private static Answer Located(Call call, Answer answer, string location) =>
        answer with { Location = PublicAddress.Of(call.Http.Request, location) };

    private bool Allows(IPAddress peer)
    {
        foreach (var network in _networks)
        {
            if (network.Contains(peer))
                return true;
        }

        return _networks.Length == 0;
    }

    private static Answer Refusal(IOperation operation, Failure failure, Func<Reason?>? why = null) =>
        Answer.Refusal(new Refusal(operation.Failures[failure] ?? operation.Failures[Failure.Unexpected]!, why));
}
