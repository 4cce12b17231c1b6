using System.Text.Json;
using System.Xml;

namespace Yaopai.Testing;

/// <summary>The clock of a world, or of everything that is in none. It runs on from the time it was set to.</summary>
public sealed class YaopaiClock
{
    private const string Path = "/sandbox/clock";

    private readonly SandboxCalls _calls;
    private readonly string? _world;

    internal YaopaiClock(SandboxCalls calls, string? world) => (_calls, _world) = (calls, world);

    /// <summary>What time it is there.</summary>
    /// <returns>The instant.</returns>
    public async Task<DateTimeOffset> NowAsync(CancellationToken ct = default) =>
        NowIn(await _calls.SendAsync(HttpMethod.Get, Query, body: null, ct));

    /// <summary>Moves it on, or back where <paramref name="by"/> is negative.</summary>
    /// <returns>What time it is then.</returns>
    /// <exception cref="YaopaiException">It would leave the years 2000 to 9000.</exception>
    public async Task<DateTimeOffset> AdvanceAsync(TimeSpan by, CancellationToken ct = default) =>
        NowIn(await _calls.SendAsync(HttpMethod.Post, Path, new { advance = XmlConvert.ToString(by), world = _world }, ct));

    /// <summary>Sets it.</summary>
    /// <returns>What time it is then.</returns>
    /// <exception cref="YaopaiException">It would leave the years 2000 to 9000.</exception>
    public async Task<DateTimeOffset> SetAsync(DateTimeOffset to, CancellationToken ct = default) =>
        NowIn(await _calls.SendAsync(HttpMethod.Post, Path, new { set = to, world = _world }, ct));

    /// <summary>Puts it back to the time of the machine.</summary>
    public Task ResetAsync(CancellationToken ct = default) => _calls.SendAsync(HttpMethod.Delete, Query, body: null, ct);

    private string Query => _world is null ? Path : $"{Path}?world={_world}";

    private static DateTimeOffset NowIn(JsonElement answer) => answer.GetProperty("now").GetDateTimeOffset();
}
