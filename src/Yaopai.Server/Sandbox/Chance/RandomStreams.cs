using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.OAuth;
using Yaopai.Server.Sandbox.Seeds;

namespace Yaopai.Server.Sandbox.Chance;

/// <summary>Lets chance repeat itself under a seed: the n-th request of an app draws the same values again, whatever other apps do
/// meanwhile.</summary>
internal sealed class RandomStreams(SeedSource source) : IRandomSeam
{
    private readonly Lazy<SeededApps?> _everyone = new(() => source.RandomSeed is { } seed ? new SeededApps(seed) : null);
    private readonly ConcurrentDictionary<long, Place> _worlds = new();

    public void Begin(HttpContext http)
    {
        if (_everyone.Value is not null || !_worlds.IsEmpty)
            Randomness.DrawFrom(new RequestStream(this, http));
    }

    public IRandomStream? Of(string name) => _everyone.Value?.Of(name);

    /// <summary>From which a world with a seed of its own draws its ids.</summary>
    public static SeededStream OfWorld(string seed) => new SeededApps(seed).Of("world");

    /// <summary>The apps of a world count among themselves: their ids may be others the next time.</summary>
    public void Add(string seed, IReadOnlyList<long> apps)
    {
        var world = new SeededApps(seed);
        for (var at = 0; at < apps.Count; at++)
            _worlds[apps[at]] = new Place(world, $"{at}");
    }

    public void Forget(IEnumerable<long> apps)
    {
        foreach (var app in apps)
            _worlds.TryRemove(app, out _);
    }

    /// <summary>As after a start.</summary>
    public void Clear()
    {
        _worlds.Clear();
        _everyone.Value?.Restart();
    }

    private SeededStream? Next(long? appId) =>
        appId is { } id && _worlds.TryGetValue(id, out var place) ? place.World.Next(place.Name)
        : _everyone.Value?.Next($"{appId}");

    private sealed record Place(SeededApps World, string Name);

    /// <summary>Which stream it is shows when the first value is drawn: by then it is known whose request it is.</summary>
    private sealed class RequestStream(RandomStreams streams, HttpContext http) : IRandomStream
    {
        private readonly Lock _lock = new();
        private long? _appId;
        private (bool IsKnown, SeededStream? Stream) _drawn;

        public void Concern(long appId) => _appId = appId;

        public bool TryFill(Span<byte> bytes)
        {
            lock (_lock)
            {
                if (!_drawn.IsKnown)
                    _drawn = (true, streams.Next(_appId ?? ClientId.Parse(http.Request.Query["client_id"].ToString())));
                return _drawn.Stream?.TryFill(bytes) is true;
            }
        }
    }

    /// <summary>A seed, and how often each app has drawn of it.</summary>
    private sealed class SeededApps(string seed)
    {
        private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        private readonly ConcurrentDictionary<string, long> _requests = new();

        public SeededStream Next(string app) => Of($"request {app} {_requests.AddOrUpdate(app, 1, static (_, before) => before + 1)}");

        public SeededStream Of(string name) => new(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(name)));

        public void Restart() => _requests.Clear();
    }
}
