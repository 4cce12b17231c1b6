using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;
using Yaopai.Server.OAuth;
using Yaopai.Server.Recognition;
using Yaopai.Server.Sandbox.Issuer;
using Yaopai.Server.Stores;
using Yaopai.Server.Upstreams;

namespace Yaopai.Server.Sandbox;

/// <summary>Breaks requests as it was told to, at the seam where the real thing would break.</summary>
internal sealed class Faults(SandboxAccess access, IssuerKeys keys, TimeProvider time)
    : IFaults, IStorageSeam, IKeySeam, IUpstreamSeam, IRecognitionSeam, IQuotaSeam, IIdTokenSeam
{
    /// <summary>Forces one documented error on one request.</summary>
    public const string Header = "Yaopai-Error";

    /// <summary>Breaks one request: <c>truncated</c>, <c>delay; PT2S</c>.</summary>
    public const string FaultHeader = "Yaopai-Fault";

    public const int MostOfAnApp = 100, Most = 10_000;

    /// <summary>What is broken for the request under way: the seams below are asked from deep inside it.</summary>
    private static readonly AsyncLocal<Scope?> s_scope = new();

    private readonly Lock _lock = new();
    private volatile Fault[] _faults = [];
    private int _lastId;

    StorageFault? IStorageSeam.Current => s_scope.Value?.Storage;

    bool IKeySeam.IsLost => s_scope.Value?.KeyLost ?? false;

    IReadOnlyList<SigningKey> IKeySeam.Published => keys.Published;

    UpstreamFault? IUpstreamSeam.Current => s_scope.Value?.Upstream;

    bool IRecognitionSeam.IsAway => s_scope.Value?.Upstream is UpstreamFault.Down;

    bool IQuotaSeam.IsSpent => s_scope.Value?.QuotaSpent ?? false;

    public IReadOnlyList<Fault> All => [.. _faults.Where(fault => !fault.IsOver(Now))];

    /// <summary>Null where there are too many: each request looks at all of them.</summary>
    public Fault? Add(Func<int, Fault> make)
    {
        lock (_lock)
        {
            var (fault, all) = (make(++_lastId), All);
            if (all.Count >= Most || all.Count(one => one.IsForTheSameAs(fault)) >= MostOfAnApp)
                return null;

            _faults = [.. all, fault];
            return fault;
        }
    }

    /// <summary>False when there is no such fault.</summary>
    public bool TryRemove(int id)
    {
        bool removed;
        lock (_lock)
        {
            var before = _faults.Length;
            _faults = [.. _faults.Where(fault => fault.Id != id)];
            removed = _faults.Length < before;
        }

        if (removed)
            keys.Remove(id);
        return removed;
    }

    public void Clear()
    {
        lock (_lock)
            _faults = [];
        keys.Clear();
    }

    /// <summary>Removes those of a world; or those that are in none, so that tests in a world are left alone.</summary>
    public void Clear(string? world)
    {
        lock (_lock)
            _faults = [.. _faults.Where(fault => fault.World?.Id != world)];
        keys.Clear(world);
    }

    // Also while nothing is broken: a fault may come between this request's head and its body.
    public void Begin(Call call) => s_scope.Value = new Scope(call);

    public async ValueTask<ErrorDefinition?> StrikeAsync(Call call, IOperation operation, long? clientId)
    {
        if (clientId is null && InHeader(call, Header) is { } number)
            return Find(operation, number);

        if (clientId is null && InHeader(call, FaultHeader) is { } named
            && await StrikeAsync(call, operation, ReadHeader(operation, named)) is { } asked)
            return asked;

        var reader = clientId is null ? ReaderOf(call, operation) : null;
        foreach (var fault in _faults)
        {
            if (!fault.IsFor(clientId, reader))
                continue;

            if (Fault.Concerns(fault.Target, operation) && await StrikeAsync(call, operation, fault) is { } error)
                return error;
        }

        return null;
    }

    public async ValueTask AnswerAsync(Call call, IOperation operation, Answer answer, Func<Answer, ValueTask> writeAsync)
    {
        var scope = s_scope.Value!;
        if (scope.Armed.Count == 0 || answer.IsPreflight)
        {
            await writeAsync(answer);
            return;
        }

        if (Take(scope, fault => fault.Kind is FaultKind.Reset or FaultKind.LostAnswer) is { } cut)
        {
            await Task.Delay(cut.Kind is FaultKind.LostAnswer ? cut.Delay : TimeSpan.Zero, time, call.Http.RequestAborted);
            ConnectionFaults.Reset(call.Http);
            return;
        }

        if (answer.Location is not null)
            answer = await SpoilAsync(call, answer, scope);

        var body = await AnswerFaults.BodyOfAsync(call.Http, () => writeAsync(answer));
        if (scope.Armed.Exists(fault => fault.Kind is FaultKind.ErrorWith200))
            call.Http.Response.StatusCode = StatusCodes.Status200OK;
        if (answer.Location is null)
            body = AnswerFaults.Spoil(call.Http, operation, body, scope.Armed, Now);
        await AnswerFaults.SendAsync(call.Http, body, Take(scope, AnswerFaults.IsOfSending));
    }

    string? IIdTokenSeam.Sign(SigningKey key, JoseAlgorithm algorithm, ReadOnlySpan<byte> payload)
    {
        if (s_scope.Value is not { Armed.Count: > 0 } scope)
            return null;

        var (token, isWrong) = (new WrongIdToken(key, algorithm, payload, scope.Call.Parameters["client_secret"]), false);
        foreach (var fault in scope.Armed)
        {
            if (!token.Fits(fault.Kind) || !fault.TryStrike(Now))
                continue;

            token.Apply(fault.Kind, () => fault.Kind is FaultKind.KeyRotated ? keys.NewOf(fault) : keys.Unpublished);
            isWrong = true;
        }

        return isWrong ? token.Write() : null;
    }

    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The first that is armed and strikes. What struck on the way to the answer does not throw the dice again.</summary>
    private Fault? Take(Scope scope, Func<Fault, bool> which) =>
        scope.Armed.Find(fault => which(fault) && (!fault.Sort!.IsOfAnswers || fault.TryStrike(Now)));

    /// <summary>Only where the browser brings a code to the app: on its way to a page of ours it is left alone.</summary>
    private async ValueTask<Answer> SpoilAsync(Call call, Answer answer, Scope scope)
    {
        if (RedirectFaults.CodeIn(answer) is not { } code)
            return answer;

        foreach (var fault in scope.Armed.Where(fault => RedirectFaults.IsOfRedirects(fault.Kind)))
        {
            if (!RedirectFaults.Fits(fault.Kind, answer) || !fault.TryStrike(Now))
                continue;

            if (fault.Kind is FaultKind.UsedCode) // asked for late: the store of codes has this class as its seam
                await call.Http.RequestServices.GetRequiredService<UsedCodes>().UseAsync(code, call.Ct);
            answer = RedirectFaults.Change(fault.Kind, answer);
        }

        return answer;
    }

    private string? InHeader(Call call, string header) =>
        call.Http.Request.Headers[header].ToString() is { Length: > 0 } text && access.Allows(call.Http.Request) ? text : null;

    /// <summary>Whoever reads what is everybody's names no app, but may say in the query for whom it reads.</summary>
    private static long? ReaderOf(Call call, IOperation operation) => operation.Gives is Given.Keys or Given.Metadata
        ? ClientId.Parse(call.Http.Request.Query["client_id"].ToString())
        : null;

    /// <summary><c>truncated</c>, or <c>delay; PT2S</c>.</summary>
    private static Fault ReadHeader(IOperation operation, string text)
    {
        string[] parts = text.Split(';', StringSplitOptions.TrimEntries);
        return FaultKinds.Find(parts[0]) is { } sort && sort.FitsTo(operation) && parts.Length <= 2
            && FaultReader.TryReadDelay(parts is [_, var written] ? written : null, sort, out var delay)
            ? new Fault(0, Fault.Everywhere, sort.Kind, Error: null, delay, Times: 1, null, null, null, null)
            : throw new FailureException(Failure.Undocumented, $"{FaultHeader} names no fault of {operation.Target}.");
    }

    private async ValueTask<ErrorDefinition?> StrikeAsync(Call call, IOperation operation, Fault fault)
    {
        var scope = s_scope.Value!;
        if (fault.Sort is { IsOfAnswers: true })
        {
            if (fault.Sort.FitsTo(operation))
                scope.Armed.Add(fault);
            return null;
        }

        if (!fault.TryStrike(Now))
            return null;

        switch (fault.Kind)
        {
            case FaultKind.Error:
                return Find(operation, fault.Error!);
            case FaultKind.Reset or FaultKind.ErrorWith200:
                scope.Armed.Add(fault); // the answer is dealt with where it goes out
                return operation.Failures[Failure.Unexpected];
            case FaultKind.Exception:
                throw new InvalidOperationException("Broken on purpose by the sandbox.");
            case FaultKind.Delay:
                await Task.Delay(fault.Delay, time, call.Ct);
                break;
            case FaultKind.KeyLost:
                scope.KeyLost = true;
                break;
            case FaultKind.UpstreamDown:
                scope.Upstream = UpstreamFault.Down;
                break;
            case FaultKind.UpstreamSlow:
                scope.Upstream = UpstreamFault.Slow;
                break;
            case FaultKind.QuotaSpent:
                scope.QuotaSpent = true;
                break;
            case FaultKind.StorageDown:
                scope.Storage = StorageFault.Down;
                break;
            case FaultKind.StorageSlow:
                scope.Storage = StorageFault.Slow;
                break;
            case FaultKind.StorageError:
                scope.Storage = StorageFault.Error;
                break;
            case FaultKind.StorageConflict:
                scope.Storage = StorageFault.Conflict;
                break;
        }

        return null;
    }

    /// <summary>The errors of that number. The catalogue lists successes too, and those cannot be forced.</summary>
    public static IReadOnlyList<ErrorDefinition> Named(string? surface, string number) =>
        [.. ErrorCatalogue.Find(surface, number).Where(error => error.Name is not "Ok")];

    /// <summary>The operation's own error of that number; else any of the surface, which the gateway's guard will not let out.</summary>
    private static ErrorDefinition Find(IOperation operation, string number)
    {
        var found = Named(operation.Target[..operation.Target.IndexOf('.')], number);
        return found.FirstOrDefault(operation.Documented.Contains)
            ?? (found.Count > 0 ? found[0] : null)
            ?? throw new FailureException(Failure.Undocumented, $"{Header} or a fault names no error of the surface.");
    }

    private sealed class Scope(Call call)
    {
        public Call Call => call;

        /// <summary>What strikes when the answer is made, or goes out.</summary>
        public List<Fault> Armed { get; } = [];

        public StorageFault? Storage { get; set; }

        public UpstreamFault? Upstream { get; set; }

        public bool KeyLost { get; set; }

        public bool QuotaSpent { get; set; }
    }
}
