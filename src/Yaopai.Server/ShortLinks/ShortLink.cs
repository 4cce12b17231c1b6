namespace Yaopai.Server.ShortLinks;

/// <summary>A short text that stands for a long address.</summary>
/// <param name="Code">What the short address ends with.</param>
/// <param name="ExpiresAt">By the clock of the app that made it.</param>
internal sealed record ShortLink(string Code, long AppId, string Url, DateTimeOffset ExpiresAt);

/// <summary>Short links: made once, followed often, gone when they expire.</summary>
internal interface IShortLinkStore
{
    /// <summary>False when the code is taken.</summary>
    Task<bool> TryAddAsync(ShortLink link, DateTimeOffset keepUntil, CancellationToken ct);

    Task<ShortLink?> FindAsync(string code, CancellationToken ct);
}
