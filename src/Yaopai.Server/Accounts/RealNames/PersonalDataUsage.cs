using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Accounts.RealNames;

/// <summary>Writes down what an app learns of a person, before it learns it.</summary>
internal sealed class PersonalDataUsage(IPersonalDataLog log, TimeProvider time, IOptions<PersonalDataOptions> options)
{
    /// <summary>How much longer than a token lives its use is remembered: clocks of nodes differ, and the sandbox moves them.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    public Task AddAsync(long accountId, long appId, string what, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return log.AddAsync(new PersonalDataUse(accountId, appId, what, now), now + options.Value.UsesKept, ct);
    }

    /// <summary>The same for an access token that counts once for this purpose. False when it was used before.</summary>
    /// <param name="lifetime">How long such a token lives.</param>
    public Task<bool> TryAddOnceAsync(long accountId, long appId, string what, string accessToken, TimeSpan lifetime, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return log.TryAddOnceAsync(
            new PersonalDataUse(accountId, appId, what, now), now + options.Value.UsesKept,
            new TokenUse(appId, IdOf(what, accessToken), now + lifetime + s_margin),
            ct);
    }

    /// <summary>A token has one text, so its hash names it; with the purpose, so that it stays good for others.</summary>
    private static Guid IdOf(string what, string accessToken) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{what}\0{accessToken}")).AsSpan(0, 16), bigEndian: true);
}
