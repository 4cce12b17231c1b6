namespace Yaopai.Server.Credentials;

/// <summary>The one use of a code.</summary>
internal sealed class CodeUse(IUsedCodeStore used, Revoker revoker, TimeProvider time)
{
    /// <summary>How much longer than a code lives its use is remembered: clocks of nodes differ, and the sandbox moves them.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    /// <summary>Uses nothing. True when the code was used before: then the tokens that came of it are revoked all the same.</summary>
    public async ValueTask<bool> WasUsedAsync(Credential code, CancellationToken ct)
    {
        if (!await used.IsUsedAsync(code.AppId, code.GrantId, ct))
            return false;

        await revoker.RevokeGrantAsync(code, ct);
        return true;
    }

    /// <summary>Uses the code, durably. False when it was used before:
    /// then the tokens that came of it are revoked (RFC 9700 §4.13).</summary>
    public async ValueTask<bool> TryUseAsync(Credential code, CancellationToken ct)
    {
        if (await used.TryUseAsync(code.AppId, code.GrantId, time.GetUtcNow() + code.Profile.Lifetimes.Code + s_margin, ct))
            return true;

        await revoker.RevokeGrantAsync(code, ct);
        return false;
    }
}
