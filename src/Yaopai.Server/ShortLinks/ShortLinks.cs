using Yaopai.Server.Apps;

namespace Yaopai.Server.ShortLinks;

/// <summary>Makes short links and finds where they lead.</summary>
internal sealed class ShortLinks(IShortLinkStore store, IAppClock clock, TimeProvider time)
{
    /// <summary>Without letters and digits that people take for each other.</summary>
    private const string Alphabet = "23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>Too many to be tried: about 69 bits.</summary>
    private const int Length = 12;

    /// <summary>How much longer than it leads anywhere a link is kept: clocks of nodes differ, and the sandbox moves them.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    public async Task<ShortLink> AddAsync(long appId, string url, TimeSpan lifetime, CancellationToken ct)
    {
        while (true)
        {
            var link = new ShortLink(Randomness.GetString(Alphabet, Length), appId, url, clock.NowFor(appId) + lifetime);
            if (await store.TryAddAsync(link, time.GetUtcNow() + lifetime + s_margin, ct))
                return link;
        }
    }

    /// <summary>Null for a code that was never given out, or whose link has expired.</summary>
    public async Task<ShortLink?> FindAsync(string code, CancellationToken ct) =>
        code.Length is Length && await store.FindAsync(code, ct) is { } link && clock.NowFor(link.AppId) < link.ExpiresAt ? link : null;
}
