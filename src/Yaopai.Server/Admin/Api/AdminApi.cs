using System.Net;
using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Administration;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.Hosting;
using Yaopai.Server.Stores;
using E = Yaopai.Errors.OperatorErrors.AdminApi;

namespace Yaopai.Server.Admin.Api;

/// <summary>The way in and out of the admin API: who calls, what may they, what do they send, one answer to what goes wrong.</summary>
internal sealed class AdminApi(
    AdminRoutes routes, AdminKeys keys, AdminFailures failures, Repeats repeats, Tickets tickets, IAppClock clock,
    OpenApiDocument document, IOptions<AdminOptions> options, OutageLog outages, ILogger<AdminApi> log)
{
    private const string Root = "/admin";
    private const string DocumentPath = Root + "/openapi.json";

    private readonly IPNetwork[] _networks = [.. options.Value.AllowedNetworks.Select(text => IPNetwork.Parse(text))];

    public async Task HandleAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            if (await AnswerAsync(http) is { } problem)
                await problem.WriteAsync(http);
        }
        catch (CommandException refusal)
        {
            await new AdminProblem(refusal.Error, refusal.Message).WriteAsync(http);
        }
        catch (StorageException exception) when (!http.Response.HasStarted)
        {
            outages.Say(exception, exception.Failure, http.Request.Path, http.TraceIdentifier);
            await new AdminProblem(ErrorOf(exception.Failure), "What was asked for may have been done or not: look before you ask again.")
                .WriteAsync(http);
        }
        catch (Exception exception) when (exception is not (IOException or OperationCanceledException or Keys.KeyLostException)
            && !http.Response.HasStarted)
        {
            log.FailedUnexpectedly(exception, http.TraceIdentifier);
            await new AdminProblem(E.Unexpected, $"Request {http.TraceIdentifier}.").WriteAsync(http);
        }
    }

    /// <summary>Null where the answer is written.</summary>
    private async Task<AdminProblem?> AnswerAsync(HttpContext http)
    {
        var request = http.Request;
        if (options.Value.Port is { } port && http.Connection.LocalPort != port)
            return new(E.AddressUnknown, "There is no such address.");

        if (!IsAllowed(http.Connection.RemoteIpAddress))
            return new(E.NetworkRefused, "Admin:AllowedNetworks does not have this address.");

        if (request.Path == DocumentPath && HttpMethods.IsGet(request.Method))
        {
            await WriteAsync(http, new AdminAnswer(StatusCodes.Status200OK, document.Text));
            return null;
        }

        var (key, refused) = await RecogniseAsync(http);
        if (key is null)
            return refused;

        var (found, place, missed) = Route(http);
        if (found is null)
            return missed; // or nothing is missed: the question was what there is

        return found.Access.Allows(key.Role)
            ? await AnswerAsync(http, key, found, place!)
            : Deny(key, found);
    }

    private async Task<AdminProblem?> AnswerAsync(
        HttpContext http, AdminKey key, AdminOperation operation, IReadOnlyDictionary<string, string> place)
    {
        var (query, faults) = Input.OfQuery(http.Request.Query, operation.Parameters);
        if (faults.Count > 0)
            return new(E.ParametersRefused, AdminRequest.Say(faults), faults);

        var (bytes, tooLong) = await AdminRequest.ReadAsync(http);
        if (tooLong is not null)
            return tooLong;

        var (body, wrong) = AdminRequest.Parse(http.Request, bytes, operation.Body ?? []);
        if (wrong is not null)
            return wrong;

        var ifMatch = http.Request.Headers.IfMatch.ToString() is { Length: > 0 } tags ? tags : null;
        if (operation.NeedsVersion && ifMatch is null)
            return new(E.VersionMissing, "If-Match is missing.");

        // What changes something goes on when its caller hangs up: half of it would be worse.
        var ct = operation.IsChange ? CancellationToken.None : http.RequestAborted;
        var call = new AdminCall(
            operation, key, Actor.Of(key, AddressOf(http)), place, query, body, ifMatch, tickets, clock, ct);
        if (operation.Method is not "POST")
        {
            await WriteAsync(http, await operation.HandleAsync(call));
            return null;
        }

        var (answer, problem, isRepeat) = await repeats.AnswerAsync(
            http.Request, key, bytes, () => operation.HandleAsync(call), CancellationToken.None);
        if (answer is null)
            return problem;

        if (isRepeat)
            http.Response.Headers["Idempotency-Replayed"] = "true";
        await WriteAsync(http, answer);
        return null;
    }

    private async Task<(AdminKey? Key, AdminProblem? Problem)> RecogniseAsync(HttpContext http)
    {
        var peer = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (failures.WaitFor(peer) is { } wait)
        {
            http.Response.Headers.RetryAfter = $"{(int)Math.Ceiling(wait.TotalSeconds)}";
            return (null, new(E.AttemptsExceeded, "Too many wrong admin keys came from this address."));
        }

        if (OAuth.BearerToken.InHeader(http.Request) is not { Length: > 0 } shown)
            return (null, new(E.KeyMissing, "The header Authorization has no Bearer key."));

        if (await keys.RecogniseAsync(shown, AddressOf(http), http.RequestAborted) is { } key)
            return (key, null);

        failures.Count(peer);
        log.AdminKeyRefused(AddressOf(http), http.TraceIdentifier);
        return (null, new(E.KeyRefused, "There is no such key, or it holds no longer."));
    }

    private (AdminOperation? Operation, IReadOnlyDictionary<string, string>? Path, AdminProblem? Problem) Route(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        var rest = path.StartsWith(AdminRoutes.Base + "/", StringComparison.Ordinal) ? path[AdminRoutes.Base.Length..] : "";
        var there = routes.At(rest);
        if (there.Count == 0)
            return (null, null, new(E.AddressUnknown, $"There is no such address; the nearest is {routes.Nearest(rest)}."));

        foreach (var (operation, place) in there)
        {
            if (operation.Method == http.Request.Method)
                return (operation, place, null);
        }

        var methods = string.Join(", ", there.Select(one => one.Operation.Method));
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            http.Response.Headers.Allow = $"{methods}, OPTIONS";
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return (null, null, null);
        }

        http.Response.Headers.Allow = methods;
        return (null, null, new(E.MethodRefused, $"This address takes {methods}."));
    }

    private AdminProblem Deny(AdminKey key, AdminOperation operation)
    {
        log.AdminKeyDenied(AdminKeyText.Id(key.Id), operation.Id);
        return new(E.RoleInsufficient, $"The role {AdminRoles.NameOf(key.Role)} may not {operation.Id}.");
    }

    private bool IsAllowed(IPAddress? peer) =>
        _networks.Length == 0 || (peer is not null && Array.Exists(_networks, network => network.Contains(SignInTraces.Plain(peer))));

    private static string AddressOf(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } peer ? SignInTraces.Plain(peer).ToString() : "";

    private static async Task WriteAsync(HttpContext http, AdminAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.Tag is not null)
            http.Response.Headers.ETag = answer.Tag;
        if (answer.Location is not null)
            http.Response.Headers.Location = PublicAddress.Of(http.Request, answer.Location);
        if (answer.Json is null)
            return;

        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(answer.Json, http.RequestAborted);
    }

    private static ErrorDefinition ErrorOf(StorageFailure failure) => failure switch
    {
        StorageFailure.Unreachable => OperatorErrors.Storage.DatabaseUnreachable,
        StorageFailure.Timeout => OperatorErrors.Storage.DatabaseSilent,
        StorageFailure.Conflict => OperatorErrors.Storage.DatabaseBusy,
        _ => OperatorErrors.Storage.DatabaseFailed,
    };
}
