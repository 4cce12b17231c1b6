using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Credentials;

/// <summary>What came of trying to use a refresh token.</summary>
internal enum RefreshTokenUsage
{
    /// <summary>It was used before.</summary>
    Refused,

    First,

    /// <summary>It was used before, within the grace: it has a successor already.</summary>
    Again,
}

/// <summary>The one use of a refresh token that is replaced whenever it is used.</summary>
/// <remarks>
/// No grace for a second use, however soon, unless the operator grants one: two uses of one token mean that two hold it, and nobody can
/// tell which of them is the thief (RFC 9700 §4.14.2). So the person is asked again.
/// </remarks>
internal sealed class RefreshTokenUse(
    IUsedCodeStore used, ICallIdStore chains, Revoker revoker, TimeProvider time, IOptions<GrantOptions> options)
{
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    /// <summary>A use is marked by the part of the grace in which it was made: rows of uses hold no instant.</summary>
    private const int PartsOfGrace = 8;

    private TimeSpan Grace => options.Value.RefreshGrace;

    /// <summary>Uses nothing. True when the token was used before, and not within the grace:
    /// then all that came of its grant is revoked.</summary>
    public async ValueTask<bool> WasUsedAsync(Credential refresh, CancellationToken ct) =>
        await IsUsedAsync(refresh, ct) && !await MayUseAgainAsync(refresh, ct);

    /// <summary>Uses the token, durably. Refused when it was used before, on any node, and not within the grace:
    /// then all that came of its grant is revoked.</summary>
    public async ValueTask<RefreshTokenUsage> TryUseAsync(Credential refresh, CancellationToken ct)
    {
        if (Grace > TimeSpan.Zero)
        {
            if (await IsUsedAsync(refresh, ct))
                return await UseAgainAsync(refresh, ct);

            // Before the use, so that whoever comes at the same moment finds it.
            await used.TryUseAsync(refresh.AppId, MarkOf(refresh, Part), time.GetUtcNow() + Grace + s_margin, ct);
        }

        var keepUntil = time.GetUtcNow() + (refresh.ExpiresAt - refresh.IssuedAt) + s_margin;
        var isFirst = RefreshTokenId.TryRead(refresh.Id, out var chain, out var place)
            ? !await WasUsedByItselfAsync(refresh, ct) && await chains.TryAdvanceAsync(refresh.AppId, chain, place, keepUntil, ct)
            : await used.TryUseAsync(refresh.AppId, refresh.Id, keepUntil, ct);
        return isFirst ? RefreshTokenUsage.First : await UseAgainAsync(refresh, ct);
    }

    private async ValueTask<bool> IsUsedAsync(Credential refresh, CancellationToken ct) =>
        (RefreshTokenId.TryRead(refresh.Id, out var chain, out var place) && await chains.LastAsync(refresh.AppId, chain, ct) >= place)
            || await WasUsedByItselfAsync(refresh, ct);

    /// <summary>By a server that knows of no chains: while nodes are upgraded one by one, such serve too.</summary>
    private async ValueTask<bool> WasUsedByItselfAsync(Credential refresh, CancellationToken ct) =>
        await used.IsUsedAsync(refresh.AppId, refresh.Id, ct);

    private async ValueTask<RefreshTokenUsage> UseAgainAsync(Credential refresh, CancellationToken ct) =>
        await MayUseAgainAsync(refresh, ct) ? RefreshTokenUsage.Again : RefreshTokenUsage.Refused;

    private async ValueTask<bool> MayUseAgainAsync(Credential refresh, CancellationToken ct)
    {
        if (Grace > TimeSpan.Zero)
        {
            var part = Part;
            for (var before = 0; before <= PartsOfGrace; before++)
            {
                if (await used.IsUsedAsync(refresh.AppId, MarkOf(refresh, part - before), ct))
                    return true;
            }
        }

        await revoker.RevokeGrantAsync(refresh, ct);
        return false;
    }

    private long Part => time.GetUtcNow().UtcTicks / (Grace / PartsOfGrace).Ticks;

    private static Guid MarkOf(Credential refresh, long part)
    {
        Span<byte> text = stackalloc byte[24];
        refresh.Id.TryWriteBytes(text);
        BinaryPrimitives.WriteInt64BigEndian(text[16..], part);
        return new Guid(SHA256.HashData(text).AsSpan(0, 16));
    }
}
