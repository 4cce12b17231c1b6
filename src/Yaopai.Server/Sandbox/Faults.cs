using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Keys;
using Yaopai.Server.Stores;
using Yaopai.Server.Upstreams;

namespace Yaopai.Server.Sandbox;

/// <summary>Breaks requests as it was told to, at the seam where the real thing would break.</summary>
internal sealed class Faults(SandboxAccess access, TimeProvider time) : IFaults, IStorageSeam, IKeySeam, IUpstreamSeam
{
    /// <summary>Forces one documented error on one request.</summary>
    public const string Header = "Yaopai-Error";

    /// <summary>What is broken for the request under way: the seams below are asked from deep inside it.</summary>
    private static readonly AsyncLocal<Scope?> s_scope = new();

    private readonly Lock _lock = new();
    private volatile Fault[] _faults = [];
    private int _lastId;

    StorageFault? IStorageSeam.Current => s_scope.Value?.Storage;

    bool IKeySeam.IsLost => s_scope.Value?.KeyLost ?? false;

    UpstreamFault? IUpstreamSeam.Current => s_scope.Value?.Upstream;

    public IReadOnlyList<Fault> All => [.. _faults.Where(fault => !fault.IsOver(time.GetUtcNow()))];

    public Fault Add(Func<int, Fault> make)
    {
        lock (_lock)
        {
            var fault = make(++_lastId);
            _faults = [.. All, fault];
            return fault;
        }
    }

    /// <summary>False when there is no such fault.</summary>
    public bool TryRemove(int id)
    {
        lock (_lock)
        {
            var before = _faults.Length;
            _faults = [.. _faults.Where(fault => fault.Id != id)];
            return _faults.Length < before;
        }
    }

    public void Clear()
    {
        lock (_lock)
            _faults = [];
    }

    // Also while nothing is broken: a fault may come between this request's head and its body.
    public void Begin(Call call) => s_scope.Value = new Scope();

    public async ValueTask<ErrorDefinition?> StrikeAsync(Call call, IOperation operation, long? clientId)
    {
        if (clientId is null && call.Http.Request.Headers[Header].ToString() is { Length: > 0 } number && access.Allows(call.Http.Request))
            return Find(operation, number);

        foreach (var fault in _faults)
        {
            var surface = operation.Target[..operation.Target.IndexOf('.')];
            if (fault.ClientId != clientId || !fault.Concerns(surface, operation.Target) || !fault.TryStrike(time.GetUtcNow()))
                continue;

            if (await StrikeAsync(call, operation, fault) is { } error)
                return error;
        }

        return null;
    }

    private async ValueTask<ErrorDefinition?> StrikeAsync(Call call, IOperation operation, Fault fault)
    {
        var scope = s_scope.Value!;
        switch (fault.Kind)
        {
            case FaultKind.Error:
                return Find(operation, fault.Error!);
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

    private sealed class Scope
    {
        public StorageFault? Storage { get; set; }

        public UpstreamFault? Upstream { get; set; }

        public bool KeyLost { get; set; }
    }
}
