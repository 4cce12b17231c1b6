namespace Yaopai.Server.Credentials;

/// <summary>The one use of a refresh token that is replaced whenever it is used.</summary>
/// <remarks>
/// No grace for a second use, however soon: two uses of one token mean that two hold it, and nobody can tell which of them is the thief
/// (RFC 9700 §4.14.2). So the person is asked again.
/// </remarks>
internal sealed class RefreshTokenUse(IUsedCodeStore used, Revoker revoker, TimeProvider time)
{
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    /// <summary>Uses nothing. True when the token was used before: then all that came of its grant is revoked.</summary>
    public async ValueTask<bool> WasUsedAsync(Credential refresh, CancellationToken ct)
    {
        if (!await used.IsUsedAsync(refresh.AppId, refresh.Id, ct))
            return false;

        await revoker.RevokeGrantAsync(refresh, ct);
        return true;
    }

    /// <summary>Uses the token, durably. False when it was used before, on any node: then all that came of its grant is revoked.</summary>
    public async ValueTask<bool> TryUseAsync(Credential refresh, CancellationToken ct)
    {
        var keepUntil = time.GetUtcNow() + (refresh.ExpiresAt - refresh.IssuedAt) + s_margin;
        if (await used.TryUseAsync(refresh.AppId, refresh.Id, keepUntil, ct))
            return true;

        await revoker.RevokeGrantAsync(refresh, ct);
        return false;
    }
}
