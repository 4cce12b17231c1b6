using System.Net;
using System.Text.Json;
using System.Xml;
using Microsoft.AspNetCore.Http.Features;
using Yaopai.Server.Accounts;
using Yaopai.Server.Consents;
using Yaopai.Server.Events;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Sandbox;

/// <summary>/sandbox — demo data, codes without a browser, a clock that moves, faults on demand.</summary>
internal static class SandboxEndpoints
{
    private const int MaxBody = 64 * 1024;

    public static void MapSandbox(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/sandbox/{**path}", ["OPTIONS"], AnswerPreflightAsync);
        Map(routes, "GET", "/sandbox", ShowAsync);
        Map(routes, "POST", "/sandbox/authorize", AuthorizeAsync);
        Map(routes, "POST", "/sandbox/tokens", TokensAsync);
        Map(routes, "POST", "/sandbox/device", DeviceAsync);
        Map(routes, "POST", "/sandbox/withdraw", WithdrawAsync);
        Map(routes, "POST", "/sandbox/service-accounts", AddServiceAccountAsync);
        Map(routes, "POST", "/sandbox/sign-in", SignInAsync);
        Map(routes, "POST", "/sandbox/friends", BefriendAsync);
        Map(routes, "POST", "/sandbox/signature", ExplainSignatureAsync);
        Map(routes, "GET", "/sandbox/clock", ShowClockAsync);
        Map(routes, "POST", "/sandbox/clock", MoveClockAsync);
        Map(routes, "DELETE", "/sandbox/clock", ResetClockAsync);
        Map(routes, "GET", "/sandbox/faults", ShowFaultsAsync);
        Map(routes, "POST", "/sandbox/faults", AddFaultAsync);
        Map(routes, "DELETE", "/sandbox/faults", ClearFaultsAsync);
        Map(routes, "DELETE", "/sandbox/faults/{id:int}", RemoveFaultAsync);
        Map(routes, "GET", "/sandbox/events", ShowEventsAsync);
        Map(routes, "GET", "/sandbox/messages", ShowMessagesAsync);
        Map(routes, "POST", "/sandbox/follow", FollowAsync);
        Map(routes, "POST", "/sandbox/events/callback", SetCallbackAsync);
        Map(routes, "POST", "/sandbox/reset", ResetAsync);
        Map(routes, "GET", WeChatPeople.BasePath, ShowWeChatAsync);
        Map(routes, "POST", WeChatPeople.BasePath + "/scan", ScanAsync);
        Map(routes, "POST", WeChatPeople.BasePath + "/login", http => TakeInHandAsync(http, (hand, request) => hand.Login(request)));
        Map(routes, "POST", WeChatPeople.BasePath + "/phone", http => TakeInHandAsync(http, (hand, request) => hand.Phone(request)));
        Map(routes, "GET", WeChatPeople.BasePath + "/connect/oauth2/authorize", ChoosePersonAsync);
        Map(routes, "GET", WeChatPeople.BasePath + "/connect/qrconnect", ChoosePersonAsync);
        routes.ServiceProvider.GetRequiredService<WeChatApi>().Map(routes);
    }

    internal sealed record WithdrawRequest(long ClientId, string? User);

    internal sealed record ServiceAccountRequest(long ClientId, string? PublicKey);

    internal sealed record ClockRequest(string? Advance, DateTimeOffset? Set, long? ClientId);

    internal sealed record FaultRequest(
        string? Target, string? Error, string? Fault, string? Delay, int? Times, double? Probability, int? Seed, double? Seconds,
        long? ClientId);

    private static Task ShowAsync(HttpContext http)
    {
        var profiles = http.RequestServices.GetRequiredService<SurfaceProfiles>();
        var surfaces = profiles.All.Select(profile => profile.Slug).ToArray();
        return OkAsync(http, new
        {
            apps = DemoData.Apps.Select(app =>
                new
                {
                    app.Name,
                    client_id = $"{app.ClientId}",
                    app.ClientSecret,
                    app.RedirectUri,
                    surfaces,
                    scopes = DemoData.ScopesOf(app, profiles),
                }),
            users = DemoData.Users.Select(user => new { user.Name, password = DemoData.Password, user.Region, user.Note }),
            real_names = DemoData.RealNames.Select(real => new { real.User, real.Name, real.Number, real.Level, state = (int)real.State }),
        });
    }

    private static async Task AuthorizeAsync(HttpContext http)
    {
        if (await ReadAsync<SandboxCodeRequest>(http) is not { } request)
            return;

        if (CodesOf(http, request.Surface) is not { } codes)
        {
            await Problem.Invalid($"surface: say which one the code is for; there are {Slugs(http, _ => true)}.").WriteAsync(http.Response);
            return;
        }

        var (code, problem) = await codes.IssueCodeAsync(request, http.RequestAborted);
        await (problem is null
            ? OkAsync(http, new { code = code!.Value, redirect_to = code.RedirectTo })
            : problem.WriteAsync(http.Response));
    }

    private static async Task TokensAsync(HttpContext http)
    {
        if (await ReadAsync<SandboxTokensRequest>(http) is not { } request)
            return;

        if (CodesOf(http, request.Surface)?.IssueTokensAsync is not { } issueAsync)
        {
            var slugs = Slugs(http, codes => codes.IssueTokensAsync is not null);
            await Problem.Invalid($"surface: tokens without a code are those of {slugs}.").WriteAsync(http.Response);
            return;
        }

        var (tokens, problem) = await issueAsync(request, http.RequestAborted);
        await (problem is null ? OkAsync(http, tokens!) : problem.WriteAsync(http.Response));
    }

    private static ISandboxCodes? CodesOf(HttpContext http, string? surface) =>
        http.RequestServices.GetServices<ISandboxCodes>().FirstOrDefault(codes => codes.Slug == surface);

    private static string Slugs(HttpContext http, Func<ISandboxCodes, bool> which) =>
        string.Join(" and ", http.RequestServices.GetServices<ISandboxCodes>().Where(which).Select(codes => $"\"{codes.Slug}\""));

    private static async Task DeviceAsync(HttpContext http)
    {
        if (await ReadAsync<SandboxDevice.Request>(http) is not { } request)
            return;

        var (done, problem) = await http.RequestServices.GetRequiredService<SandboxDevice>().HandleAsync(request, http.RequestAborted);
        await (problem is null ? OkAsync(http, done!) : problem.WriteAsync(http.Response));
    }

    /// <summary>What the person would do on the page of granted apps.</summary>
    private static async Task WithdrawAsync(HttpContext http)
    {
        if (await ReadAsync<WithdrawRequest>(http) is not { } request)
            return;

        if (request.ClientId <= 0)
        {
            await Problem.Invalid("client_id: the app that the person takes it back from. GET /sandbox lists the demo apps.")
                .WriteAsync(http.Response);
            return;
        }

        var services = http.RequestServices;
        var account = await services.GetRequiredService<IAccountStore>().FindByNameAsync(request.User ?? "", http.RequestAborted);
        if (account is null)
        {
            await Problem.NotFound($"user: there is nobody called \"{request.User}\".").WriteAsync(http.Response);
            return;
        }

        var withdrawn = await services.GetRequiredService<Withdrawal>().TryWithdrawAsync(account.Id, request.ClientId, http.RequestAborted);
        await OkAsync(http, new { withdrawn });
    }

    private static async Task AddServiceAccountAsync(HttpContext http)
    {
        if (await ReadAsync<ServiceAccountRequest>(http) is not { } request)
            return;

        var (keyFile, problem) = await http.RequestServices.GetRequiredService<SandboxServiceAccounts>().AddAsync(
            request, http.RequestAborted);
        await (problem is null ? OkAsync(http, keyFile!, StatusCodes.Status201Created) : problem.WriteAsync(http.Response));
    }

    private static async Task SignInAsync(HttpContext http)
    {
        if (await ReadAsync<SandboxSignIn.Request>(http) is not { } request)
            return;

        var (outcome, problem) = await http.RequestServices.GetRequiredService<SandboxSignIn>()
            .HandleAsync(request, http.Connection.RemoteIpAddress ?? IPAddress.None, http.RequestAborted);
        await (problem is null ? OkAsync(http, new { outcome = SandboxSignIn.NameOf(outcome) }) : problem.WriteAsync(http.Response));
    }

    private static async Task BefriendAsync(HttpContext http)
    {
        if (await ReadAsync<SandboxFriends.Request>(http) is not { } request)
            return;

        var (friends, problem) = await http.RequestServices.GetRequiredService<SandboxFriends>().HandleAsync(request, http.RequestAborted);
        await (problem is null ? OkAsync(http, new { friends }) : problem.WriteAsync(http.Response));
    }

    private static async Task ExplainSignatureAsync(HttpContext http)
    {
        if (await ReadAsync<SignatureQuestion>(http) is not { } question)
            return;

        var (explanation, problem) = await http.RequestServices.GetRequiredService<ISignatureExplanation>().ExplainAsync(
            question, http.RequestAborted);
        await (problem is null ? OkAsync(http, explanation!) : problem.WriteAsync(http.Response));
    }

    private static Task ShowClockAsync(HttpContext http)
    {
        var clock = http.RequestServices.GetRequiredService<SandboxClock>();
        return OkAsync(http, new
        {
            now = clock.Now,
            offset = XmlConvert.ToString(clock.Offset),
            apps = clock.AppOffsets.Select(
                own => new { client_id = $"{own.Key}", now = clock.NowFor(own.Key), offset = XmlConvert.ToString(own.Value) }),
        });
    }

    private static async Task MoveClockAsync(HttpContext http)
    {
        if (await ReadAsync<ClockRequest>(http) is not { } request)
            return;

        var clock = http.RequestServices.GetRequiredService<SandboxClock>();
        var moved = request switch
        {
            { Advance: { } text, Set: null } => TryDuration(text, out var by) && clock.TryAdvance(by, request.ClientId),
            { Advance: null, Set: { } instant } => clock.TrySet(instant, request.ClientId),
            _ => false,
        };

        http.RequestServices.GetRequiredService<EventSignal>().Set(); // what was put off may be due
        http.RequestServices.GetRequiredService<ProvisioningSignal>().Set();
        await (moved
            ? ShowClockAsync(http)
            : Problem.Invalid(
                "Either \"advance\": an ISO 8601 duration such as PT6M or P180D, or \"set\": an instant such as 2026-01-01T00:00:00Z; "
                + "between the years 2000 and 9000.")
                .WriteAsync(http.Response));
    }

    private static Task ResetClockAsync(HttpContext http)
    {
        var named = http.Request.Query["client_id"];
        if (!long.TryParse(named, out var appId) && named.Count > 0)
            return Problem.Invalid("client_id: a number, or nothing to put back every clock.").WriteAsync(http.Response);

        http.RequestServices.GetRequiredService<SandboxClock>().Reset(named.Count > 0 ? appId : null);
        return ShowClockAsync(http);
    }

    private static Task ShowFaultsAsync(HttpContext http) => OkAsync(http, new
    {
        faults = http.RequestServices.GetRequiredService<Faults>().All.Select(Describe),
    });

    private static async Task AddFaultAsync(HttpContext http)
    {
        if (await ReadAsync<FaultRequest>(http) is not { } request)
            return;

        var services = http.RequestServices;
        var (fault, problem) = FaultReader.Read(
            request, [.. services.GetServices<ISurface>()], services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (problem is not null)
        {
            await problem.WriteAsync(http.Response);
            return;
        }

        await OkAsync(http, Describe(services.GetRequiredService<Faults>().Add(fault!)), StatusCodes.Status201Created);
    }

    private static Task ClearFaultsAsync(HttpContext http)
    {
        http.RequestServices.GetRequiredService<Faults>().Clear();
        return ShowFaultsAsync(http);
    }

    private static Task RemoveFaultAsync(HttpContext http) =>
        http.RequestServices.GetRequiredService<Faults>().TryRemove(int.Parse((string)http.Request.RouteValues["id"]!))
            ? ShowFaultsAsync(http)
            : Problem.NotFound("There is no fault of that id; GET /sandbox/faults lists them.").WriteAsync(http.Response);

    /// <summary>What a person would read on their phone.</summary>
    /// <summary>Verification codes; of a member who is named, what they have in their inbox.</summary>
    private static async Task ShowMessagesAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (query["user_id"].ToString() is { Length: > 0 } userId)
        {
            var (inbox, problem) = await http.RequestServices.GetRequiredService<SandboxFollows>().InboxAsync(
                query["tenant"].ToString(), userId, http.RequestAborted);
            await (problem is null ? OkAsync(http, new { messages = inbox }) : problem.WriteAsync(http.Response));
            return;
        }

        await OkAsync(http, new
        {
            messages = http.RequestServices.GetRequiredService<SandboxMessages>().List(query["to"].ToString().Replace(' ', '+'))
                .Select(message => new { message.To, message.Code, message.SentAt, expires_at = message.SentAt + message.Lifetime }),
        });
    }

    private static async Task FollowAsync(HttpContext http)
    {
        if (await ReadAsync<SandboxFollows.Request>(http) is not { } request)
            return;

        var (followed, problem) = await http.RequestServices.GetRequiredService<SandboxFollows>().HandleAsync(request, http.RequestAborted);
        await (problem is null ? OkAsync(http, new { followed }) : problem.WriteAsync(http.Response));
    }

    private static async Task ShowEventsAsync(HttpContext http)
    {
        var events = http.RequestServices.GetRequiredService<SandboxEvents>();
        var (shown, problem) = await events.ShowAsync(http.Request.Query["client_id"].ToString(), http.RequestAborted);
        await (problem is null ? OkAsync(http, shown!) : problem.WriteAsync(http.Response));
    }

    private static async Task SetCallbackAsync(HttpContext http)
    {
        if (await ReadAsync<SandboxEvents.CallbackRequest>(http) is not { } request)
            return;

        var (shown, problem) = await http.RequestServices.GetRequiredService<SandboxEvents>().SetCallbackAsync(
            request, http.RequestAborted);
        await (problem is null ? OkAsync(http, shown!) : problem.WriteAsync(http.Response));
    }

    /// <summary>Everything as it was after the first start. Keys stay: identifiers do not change.</summary>
    private static async Task ResetAsync(HttpContext http)
    {
        await http.RequestServices.GetRequiredService<SandboxReset>().ResetAsync(http.RequestAborted);
        await ShowAsync(http);
    }

    /// <summary>Who uses the sandbox's WeChat, the accounts that it knows, the QR codes that can be scanned, and the texts sent.</summary>
    private static Task ShowWeChatAsync(HttpContext http) => OkAsync(http, new
    {
        users = WeChatPeople.All.Select(person => new
        {
            person.Name,
            person.Nickname,
            person.UnionId,
            person.Phone,
            open_ids = WeChatPeople.Accounts.ToDictionary(account => account.WeChatAppId, account => person.OpenIdAt(account.WeChatAppId)),
        }),
        accounts = WeChatPeople.Accounts.Select(account => new
        {
            client_id = $"{account.AppId}",
            kind = WeChatKinds.NameOf(account.Kind),
            appid = account.WeChatAppId,
            account.Secret,
            account.OriginalId,
            account.PushToken,
            encoding_aes_key = account.EncodingAesKey,
        }),
        codes = http.RequestServices.GetRequiredService<WeChatMemory>().Scenes
            .Select(code => new { code.Ticket, appid = code.Account.WeChatAppId, code.ExpiresAt }),
        messages = http.RequestServices.GetRequiredService<WeChatMemory>().Texts,
    });

    private static async Task ScanAsync(HttpContext http)
    {
        if (await ReadAsync<WeChatHand.ScanRequest>(http) is not { } request)
            return;

        var (done, problem) = await http.RequestServices.GetRequiredService<WeChatHand>().ScanAsync(request, http.RequestAborted);
        await (problem is null ? OkAsync(http, done!) : problem.WriteAsync(http.Response));
    }

    private static async Task TakeInHandAsync(
        HttpContext http, Func<WeChatHand, WeChatHand.PersonRequest, (object? Done, Problem? Problem)> take)
    {
        if (await ReadAsync<WeChatHand.PersonRequest>(http) is not { } request)
            return;

        var (done, problem) = take(http.RequestServices.GetRequiredService<WeChatHand>(), request);
        await (problem is null ? OkAsync(http, done!) : problem.WriteAsync(http.Response));
    }

    private static Task ChoosePersonAsync(HttpContext http) => http.RequestServices.GetRequiredService<WeChatConnect>().AnswerAsync(http);

    private static object Describe(Fault fault) => new
    {
        fault.Id,
        fault.Target,
        fault = fault.Kind is FaultKind.Error ? null : FaultReader.NameOf(fault.Kind),
        fault.Error,
        delay = fault.Kind is FaultKind.Delay ? XmlConvert.ToString(fault.Delay) : null,
        fault.Times,
        fault.Struck,
        fault.Probability,
        fault.Seed,
        fault.Until,
        client_id = fault.ClientId?.ToString(),
    };

    private static void Map(IEndpointRouteBuilder routes, string method, string path, Func<HttpContext, Task> handle) =>
        routes.MapMethods(path, [method], async http =>
        {
            var access = http.RequestServices.GetRequiredService<SandboxAccess>();
            if (access.IsOfNamedOrigin(http.Request))
                Show(http, http.Request.Headers.Origin!);

            await (access.Allows(http.Request)
                ? handle(http)
                : new Problem(403, "Not from here", access.WhyNot(http.Request)).WriteAsync(http.Response));
        });

    /// <summary>A browser asks before a page sends JSON to another origin.</summary>
    private static Task AnswerPreflightAsync(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<SandboxAccess>().IsOfNamedOrigin(http.Request))
        {
            Show(http, http.Request.Headers.Origin!);
            http.Response.Headers.AccessControlAllowMethods = "GET, POST, DELETE";
            http.Response.Headers.AccessControlAllowHeaders = "Authorization, Content-Type";
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static void Show(HttpContext http, string origin)
    {
        http.Response.Headers.AccessControlAllowOrigin = origin;
        http.Response.Headers.Vary = "Origin";
    }

    /// <summary>Null when the body could not be read; the answer that says so has then been written.</summary>
    private static async Task<T?> ReadAsync<T>(HttpContext http) where T : class
    {
        // JSON only: a form of a foreign page can be posted here without asking, JSON cannot.
        if (!http.Request.HasJsonContentType())
        {
            await Problem.Invalid("Send JSON, with \"Content-Type: application/json\".").WriteAsync(http.Response);
            return null;
        }

        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaxBody; // also where no length is said
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(http.Request.Body, SandboxJson.Options, http.RequestAborted)
                ?? throw new JsonException("The body is null.");
        }
        catch (JsonException exception)
        {
            await Problem.Invalid(WithoutTypeNames(exception)).WriteAsync(http.Response);
            return null;
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode is StatusCodes.Status413PayloadTooLarge)
        {
            await Problem.Invalid("The body is larger than 64 KiB.").WriteAsync(http.Response);
            return null;
        }
    }

    /// <summary>The framework's message names types of this program, which help nobody outside.</summary>
    private static string WithoutTypeNames(JsonException exception)
    {
        var message = exception.Message.Split(" Path:")[0];
        var quoted = message.Split('\'') is [_, var name, ..] && !name.Contains('.') ? $" at \"{name}\"" : "";
        return $"The body is not the JSON that is expected here{quoted}. Path: {exception.Path ?? "$"}, line {exception.LineNumber + 1}.";
    }

    private static Task OkAsync(HttpContext http, object value, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(value, SandboxJson.Options);
    }

    internal static bool TryDuration(string text, out TimeSpan duration)
    {
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            duration = default;
            return false;
        }
    }
}
