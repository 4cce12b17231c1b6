using System.Buffers.Binary;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Accounts.SecondFactors;

/// <summary>Turns second factors on and off, and uses their codes up. How often somebody may try is the business of
/// <see cref="SignIn"/>.</summary>
internal sealed class SecondFactors(ISecondFactorStore store, KeyRing keys, IAppClock clock, IOptions<SecondFactorOptions> options)
{
    /// <summary>A code of six digits, and a recovery code, with what people write between.</summary>
    public const int LongestTyped = 32;

    /// <summary>How many steps the clocks of two nodes may be apart: five minutes.</summary>
    private const int Skew = 10;

    public Task<SecondFactor?> FindAsync(long accountId, CancellationToken ct) => store.FindAsync(accountId, ct);

    public async ValueTask<bool> IsOnAsync(long accountId, CancellationToken ct) => await store.FindAsync(accountId, ct) is not null;

    public string AddressOf(byte[] secret, Account account) => TimeCode.AddressOf(secret, options.Value.Issuer, account.Name);

    /// <summary>Turns it on, if the code shows that the person's app has the secret.</summary>
    /// <returns>The recovery codes, to be shown once; null for another code, and where one is on.</returns>
    public async Task<IReadOnlyList<string>?> TryTurnOnAsync(long accountId, byte[] secret, string typed, CancellationToken ct)
    {
        var now = clock.Now;
        return TimeCode.Match(secret, Plain(typed), now) is { } step ? await TryPutAsync(accountId, secret, step, ct) : null;
    }

    /// <summary>Turns it on without a code.</summary>
    public Task<IReadOnlyList<string>?> TryPutAsync(long accountId, byte[] secret, CancellationToken ct) =>
        TryPutAsync(accountId, secret, step: 0, ct);

    /// <summary>Uses up a code, or a recovery code. False for another, and for one that was used.</summary>
    public async Task<bool> TryUseAsync(SecondFactor factor, string typed, CancellationToken ct)
    {
        if (typed.Length > LongestTyped)
            return false;

        var now = clock.Now;
        if (Plain(typed) is { Length: TimeCode.Digits } code && code.All(char.IsAsciiDigit))
        {
            return await OpenAsync(factor, ct) is { } secret && TimeCode.Match(secret, code, now) is { } step
                && await store.TryUseStepAsync(factor, step, TimeCode.StepAt(now) + Skew, ct);
        }

        return RecoveryCodes.Read(HalfWidth.Of(typed)) is { } recovery
            && await store.TryUseRecoveryCodeAsync(factor.AccountId, RecoveryCodes.HashOf(keys, factor.AccountId, recovery), ct);
    }

    /// <summary>New ones, to be shown once; null where no second factor is on.</summary>
    public async Task<IReadOnlyList<string>?> RenewRecoveryCodesAsync(long accountId, CancellationToken ct)
    {
        var codes = RecoveryCodes.New();
        return await store.TryReplaceRecoveryCodesAsync(accountId, HashesOf(accountId, codes), ct) ? codes : null;
    }

    public Task<bool> TryTurnOffAsync(long accountId, CancellationToken ct) => store.TryRemoveAsync(accountId, ct);

    /// <summary>The secret; null for one that another installation sealed.</summary>
    public async ValueTask<byte[]?> OpenAsync(SecondFactor factor, CancellationToken ct) =>
        await keys.OpenPersonalAsync(OwnerOf(factor.AccountId), factor.Secret, ct);

    private async Task<IReadOnlyList<string>?> TryPutAsync(long accountId, byte[] secret, long step, CancellationToken ct)
    {
        var codes = RecoveryCodes.New();
        var factor = new SecondFactor(accountId, keys.SealPersonal(OwnerOf(accountId), secret), clock.Now, codes.Count);
        return await store.TryAddAsync(factor, HashesOf(accountId, codes), step, ct) ? codes : null;
    }

    private IReadOnlyList<byte[]> HashesOf(long accountId, IEnumerable<string> codes) =>
        [.. codes.Select(code => RecoveryCodes.HashOf(keys, accountId, code))];

    private static string Plain(string typed) =>
        typed.Length > LongestTyped ? "" : string.Concat(HalfWidth.Of(typed).Where(c => !char.IsWhiteSpace(c)));

    private static byte[] OwnerOf(long accountId)
    {
        var label = "second factor\0"u8;
        var owner = new byte[label.Length + sizeof(long)];
        label.CopyTo(owner);
        BinaryPrimitives.WriteInt64BigEndian(owner.AsSpan(label.Length), accountId);
        return owner;
    }
}
