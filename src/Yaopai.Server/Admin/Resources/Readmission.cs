using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.Admin.Resources;

/// <summary>Turns apps away, and lets them in again without what they were given before.</summary>
internal sealed class Readmission(IAppStore store, Revoker revoker, TimeProvider time)
{
    /// <summary>Within half of it every node has heard that an app is disabled.</summary>
    private static readonly TimeSpan s_heard = TimeSpan.FromSeconds(2);

    public async Task RevokeAsync(IEnumerable<long> apps, CancellationToken ct)
    {
        foreach (var app in apps)
            await revoker.RevokeAppAsync(app, ct);
    }

    /// <summary>A node that had not heard of it yet went on giving out tokens after they were revoked, also for a secret that
    /// leaked. So the apps are let in when no node does any more, and what was given out meanwhile is revoked too.</summary>
    /// <param name="disabledAt">Null where they are not disabled: then nothing is revoked.</param>
    public async Task PrepareAsync(DateTimeOffset? disabledAt, IEnumerable<long> apps, CancellationToken ct)
    {
        if (disabledAt is not { } since)
            return;

        if (since + s_heard - time.GetUtcNow() is var rest && rest > TimeSpan.Zero)
            await Task.Delay(rest < s_heard ? rest : s_heard, ct);
        await RevokeAsync(apps, ct);
    }

    public Task<IReadOnlyList<long>> AppsOfAsync(long developerId, CancellationToken ct) => store.ListOfDeveloperAsync(developerId, ct);
}
