using System.Text.Json;

namespace Yaopai.Testing;

/// <summary>Apps, people, a clock, faults and a journal: of a world, or of the sandbox as a whole.</summary>
public abstract class YaopaiEnvironment
{
    private readonly SandboxCalls _calls;
    private readonly string? _world;

    private protected YaopaiEnvironment(
        SandboxCalls calls, IReadOnlyList<YaopaiApp> apps, IReadOnlyList<YaopaiUser> users, string? world = null)
    {
        (_calls, _world) = (calls, world);
        (Apps, Users) = (apps, users);
        (Clock, Faults) = (new YaopaiClock(calls, world), new YaopaiFaults(calls, world));
    }

    /// <summary>Where the server is: <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address => _calls.Address;

    /// <summary>The apps, the demo app first.</summary>
    public IReadOnlyList<YaopaiApp> Apps { get; }

    /// <summary>The first app.</summary>
    public YaopaiApp App => Apps[0];

    /// <summary>The people.</summary>
    public IReadOnlyList<YaopaiUser> Users { get; }

    /// <summary>The clock: in a world of its apps alone.</summary>
    public YaopaiClock Clock { get; }

    /// <summary>What is broken on purpose: in a world for its apps alone.</summary>
    public YaopaiFaults Faults { get; }

    /// <summary>Where a surface is: <c>http://127.0.0.1:40123/huawei/</c>.</summary>
    /// <param name="surface">One of <see cref="YaopaiSurface"/>.</param>
    /// <returns>An address with a slash at its end, for addresses relative to it.</returns>
    public Uri AddressOf(string surface) => new(Address, $"{surface}/");

    /// <summary>The person of that role.</summary>
    /// <param name="role">For example <c>mainland</c>.</param>
    /// <returns>The person.</returns>
    /// <exception cref="YaopaiException">There is nobody of that role.</exception>
    public YaopaiUser User(string role) => Users.FirstOrDefault(user => user.Role == role)
        ?? throw new YaopaiException($"There is nobody called {role}, but {string.Join(", ", Users.Select(user => user.Role))}.");

    /// <summary>Signs a person in at Huawei Account and has them consent, for the first app, without a browser.</summary>
    /// <param name="user">A person who can sign in.</param>
    /// <param name="scope">Separated by spaces; null for <c>openid</c>.</param>
    /// <returns>The code, which the app has to exchange.</returns>
    /// <exception cref="YaopaiException">They cannot sign in, or the scope is not approved.</exception>
    public Task<YaopaiCode> SignInAsync(YaopaiUser user, string? scope = null, CancellationToken ct = default) =>
        SignInAsync(user, new YaopaiSignIn { Scope = scope }, ct);

    /// <summary>Signs a person in and has them consent, without a browser.</summary>
    /// <returns>The code, which the app has to exchange.</returns>
    /// <exception cref="YaopaiException">They cannot sign in, or what is asked for cannot be had.</exception>
    public Task<YaopaiCode> SignInAsync(YaopaiUser user, YaopaiSignIn signIn, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(signIn);
        return _calls.SendAsync<YaopaiCode>(
            HttpMethod.Post, "/sandbox/authorize",
            new
            {
                signIn.Surface,
                client_id = (signIn.App ?? App).ClientId,
                user = user.Name,
                signIn.Scope,
                signIn.RedirectUri,
                signIn.State,
                signIn.Nonce,
                signIn.CodeChallenge,
                signIn.CodeChallengeMethod,
                signIn.AccessType,
            },
            ct);
    }

    /// <summary>The tokens that a code would give, for tests that begin after the sign-in.</summary>
    /// <param name="user">Null for tokens of the app alone.</param>
    /// <param name="surface">One of <see cref="YaopaiSurface"/>.</param>
    /// <param name="scope">Separated by spaces; null for the surface's least.</param>
    /// <param name="app">Null for the first.</param>
    /// <returns>The tokens.</returns>
    /// <exception cref="YaopaiException">They cannot sign in, or what is asked for cannot be had.</exception>
    public Task<YaopaiTokens> TokensAsync(
        YaopaiUser? user, string surface = YaopaiSurface.Huawei, string? scope = null, YaopaiApp? app = null,
        CancellationToken ct = default) => _calls.SendAsync<YaopaiTokens>(
            HttpMethod.Post, "/sandbox/tokens", new { surface, client_id = (app ?? App).ClientId, user = user?.Name, scope }, ct);

    /// <summary>The person takes back what they allowed an app; all that it holds for them is revoked.</summary>
    /// <param name="user">The person.</param>
    /// <param name="app">Null for the first.</param>
    /// <returns>False where they had allowed nothing.</returns>
    public async Task<bool> WithdrawAsync(YaopaiUser user, YaopaiApp? app = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        var answer = await _calls.SendAsync(
            HttpMethod.Post, "/sandbox/withdraw", new { client_id = (app ?? App).ClientId, user = user.Name }, ct);
        return answer.GetProperty("withdrawn").GetBoolean();
    }

    /// <summary>What came and what was answered, the newest first.</summary>
    /// <param name="query">Null for the last fifty.</param>
    /// <returns>In a world its apps' requests; else everybody's.</returns>
    public async Task<IReadOnlyList<YaopaiRequest>> RequestsAsync(YaopaiRequestQuery? query = null, CancellationToken ct = default)
    {
        query ??= new YaopaiRequestQuery();
        var path = SandboxCalls.With(
            "/sandbox/requests", ("world", _world), ("operation", query.Operation), ("surface", query.Surface), ("code", query.Code),
            ("status", query.Status), ("since", query.Since?.ToString("O")), ("limit", query.Limit));
        var answer = await _calls.SendAsync(HttpMethod.Get, path, body: null, ct);
        return answer.GetProperty("requests").Deserialize<List<YaopaiRequest>>(SandboxCalls.Json)!;
    }

    /// <summary>Why a request was refused.</summary>
    /// <param name="refusal">The answer that says so.</param>
    /// <returns>The request as the journal has it, with its <see cref="YaopaiRequest.Refusal"/>.</returns>
    /// <exception cref="YaopaiException">It is no error of this server, or the journal has it no more.</exception>
    public Task<YaopaiRequest> ExplainAsync(HttpResponseMessage refusal, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Headers.TryGetValues("X-Request-Id", out var ids)
            ? ExplainAsync(ids.First(), ct)
            : throw new YaopaiException($"HTTP {(int)refusal.StatusCode} without X-Request-Id is no refusal of a surface.");
    }

    /// <summary>Why a request was refused.</summary>
    /// <param name="requestId">The header <c>X-Request-Id</c> of the answer.</param>
    /// <returns>The request as the journal has it, with its <see cref="YaopaiRequest.Refusal"/>.</returns>
    /// <exception cref="YaopaiException">The journal does not have it, or no more.</exception>
    public Task<YaopaiRequest> ExplainAsync(string requestId, CancellationToken ct = default) =>
        _calls.SendAsync<YaopaiRequest>(HttpMethod.Get, $"/sandbox/requests/{Uri.EscapeDataString(requestId)}", body: null, ct);

    /// <summary>Which documented errors were met.</summary>
    /// <param name="query">Null for those of the operations that were called.</param>
    /// <returns>In a world by its apps; else by anybody.</returns>
    public Task<YaopaiCoverage> CoverageAsync(YaopaiCoverageQuery? query = null, CancellationToken ct = default) =>
        _calls.SendAsync<YaopaiCoverage>(HttpMethod.Get, CoveragePath(query, "json"), body: null, ct);

    /// <summary>Which documented errors were met, as JUnit XML for a CI.</summary>
    /// <param name="query">Null for those of the operations that were called.</param>
    /// <returns>A document in which an error that was not met is a test that failed.</returns>
    public Task<string> CoverageAsJUnitAsync(YaopaiCoverageQuery? query = null, CancellationToken ct = default) =>
        _calls.ReadTextAsync(CoveragePath(query, "junit"), ct);

    /// <summary>Any other address of the sandbox, for what has no method here.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">For example <c>/sandbox/apps</c>.</param>
    /// <param name="body">Written as JSON, with names in <c>snake_case</c>; null for none.</param>
    /// <returns>The JSON of the answer; undefined where there is none.</returns>
    /// <exception cref="YaopaiException">It was refused; the message has the reason.</exception>
    public Task<JsonElement> CallAsync(HttpMethod method, string path, object? body = null, CancellationToken ct = default) =>
        _calls.SendAsync(method, path, body, ct);

    private string CoveragePath(YaopaiCoverageQuery? query, string format) => SandboxCalls.With(
        "/sandbox/coverage", ("world", _world), ("operations", query?.AllOperations is true ? "all" : null), ("surface", query?.Surface),
        ("operation", query?.Operation), ("audience", query?.Audience), ("format", format));
}
