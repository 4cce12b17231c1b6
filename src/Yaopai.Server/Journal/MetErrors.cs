using System.Collections.Concurrent;
using Yaopai.Errors;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Journal;

/// <summary>Which documented errors each app has met, and which operations it has called.</summary>
internal sealed class MetErrors
{
    /// <summary>Of which anything is remembered; the one that was quiet longest leaves.</summary>
    private const int MostApps = 10_000;

    private readonly ConcurrentDictionary<long, OfApp> _apps = new();

    /// <param name="appId">0 for a request that named no app.</param>
    /// <param name="error">Null for a success.</param>
    public void Add(long appId, IOperation operation, ErrorDefinition? error, DateTimeOffset now)
    {
        if (!_apps.TryGetValue(appId, out var app))
        {
            if (_apps.Count >= MostApps)
                _apps.TryRemove(_apps.MinBy(other => other.Value.LastAt).Key, out _);
            app = _apps.GetOrAdd(appId, static _ => new OfApp());
        }

        app.Add(operation, error, now);
    }

    /// <summary>What these apps met together; of all that called, where none are named.</summary>
    public IReadOnlyList<MetOperation> Of(IReadOnlySet<long>? apps)
    {
        var together = new OfApp();
        foreach (var (_, app) in _apps.Where(app => apps is null || apps.Contains(app.Key)))
            app.AddTo(together);
        return together.All;
    }

    public void Clear() => _apps.Clear();

    public void Remove(IEnumerable<long> apps)
    {
        foreach (var app in apps)
            _apps.TryRemove(app, out _);
    }

    /// <summary>As large as the catalogue at most.</summary>
    private sealed class OfApp
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<IOperation, (long Calls, Dictionary<ErrorDefinition, Meeting> Met)> _operations = [];

        public DateTimeOffset LastAt { get; private set; }

        public IReadOnlyList<MetOperation> All
        {
            get
            {
                lock (_lock)
                    return [.. _operations.Select(one => new MetOperation(one.Key, one.Value.Calls, one.Value.Met.ToDictionary()))];
            }
        }

        public void Add(IOperation operation, ErrorDefinition? error, DateTimeOffset now)
        {
            lock (_lock)
            {
                LastAt = now;
                Add(operation, 1, error is null ? [] : [new(error, new Meeting(1, now, now))]);
            }
        }

        public void AddTo(OfApp other)
        {
            lock (_lock)
            {
                foreach (var (operation, (calls, met)) in _operations)
                    other.Add(operation, calls, met);
            }
        }

        private void Add(IOperation operation, long calls, IEnumerable<KeyValuePair<ErrorDefinition, Meeting>> more)
        {
            var (before, met) = _operations.GetValueOrDefault(operation);
            met ??= [];
            _operations[operation] = (before + calls, met);
            foreach (var (error, meeting) in more)
                met[error] = met.TryGetValue(error, out var known) ? known.And(meeting) : meeting;
        }
    }
}

/// <summary>How often an error was met, and when.</summary>
internal readonly record struct Meeting(long Count, DateTimeOffset First, DateTimeOffset Last)
{
    public Meeting And(Meeting other) => new(
        Count + other.Count, First < other.First ? First : other.First, Last > other.Last ? Last : other.Last);
}

/// <param name="Calls">Successes too.</param>
internal sealed record MetOperation(IOperation Operation, long Calls, IReadOnlyDictionary<ErrorDefinition, Meeting> Met);
