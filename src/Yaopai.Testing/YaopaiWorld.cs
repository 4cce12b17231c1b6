namespace Yaopai.Testing;

/// <summary>A copy of the demo data for one test: apps, people, organisations, a clock and faults that no other test has.</summary>
/// <remarks>Nothing has to be passed along: a request belongs to the world whose client id it names.</remarks>
public sealed class YaopaiWorld : YaopaiEnvironment, IAsyncDisposable
{
    private readonly SandboxCalls _calls;
    private bool _isGone;

    private YaopaiWorld(SandboxCalls calls, Made made) : base(calls, made.Apps, made.Users, made.Id) =>
        (_calls, Id, Tenants, ExpiresAt) = (calls, made.Id, made.Tenants, made.ExpiresAt);

    /// <summary>What the sandbox calls it: <c>w7f3k2a</c>.</summary>
    public string Id { get; }

    /// <summary>The organisations at WeLink: the home of the first two apps, and that of the third.</summary>
    public IReadOnlyList<YaopaiTenant> Tenants { get; }

    /// <summary>When it is removed if nobody does so before.</summary>
    public DateTimeOffset ExpiresAt { get; }

    internal static async Task<YaopaiWorld> CreateAsync(SandboxCalls calls, CancellationToken ct) =>
        new(calls, await calls.SendAsync<Made>(HttpMethod.Post, "/sandbox/worlds", body: null, ct));

    /// <summary>Removes all of it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isGone)
            return;

        _isGone = true;
        try
        {
            await _calls.SendAsync(HttpMethod.Delete, $"/sandbox/worlds/{Id}", body: null, CancellationToken.None);
        }
        catch (YaopaiException gone) when (gone.Status is System.Net.HttpStatusCode.NotFound)
        {
            // the sandbox was reset meanwhile
        }
        catch (ObjectDisposedException)
        {
            // the platform ended before its worlds, and took them along; elsewhere they leave after a day
        }
    }

    private sealed record Made(
        string Id, IReadOnlyList<YaopaiApp> Apps, IReadOnlyList<YaopaiUser> Users, IReadOnlyList<YaopaiTenant> Tenants,
        DateTimeOffset ExpiresAt);
}
