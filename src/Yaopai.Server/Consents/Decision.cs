using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.Consents;

internal enum Verdict
{
    Allow = 1,

    /// <summary>Allowed by the button that shows the account's own number.</summary>
    OneTap = 2,

    Refuse = 3,
}

/// <summary>What a person decided, for one request and once. What is remembered beyond that is the consent.</summary>
/// <param name="SessionId">The sign-in in which it was decided.</param>
/// <param name="RequestHash">SHA-256 of the request that it answers.</param>
internal sealed record Decision(Guid Id, Verdict Verdict, Guid SessionId, byte[] RequestHash, DateTimeOffset IssuedAt) : ITicket
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(2);

    public static byte Kind => 2;

    public DateTimeOffset ExpiresAt => IssuedAt + s_lifetime;
}

/// <summary>Carries decisions from the page where they are made to the request that waits for them.</summary>
internal sealed class Decisions(Tickets tickets, IUsedCodeStore used, IAppClock clock, TimeProvider time)
{
    private static readonly TimeSpan s_remembered = TimeSpan.FromHours(1);

    public string Seal(Verdict verdict, Guid sessionId, string returnTo) =>
        tickets.Seal(new Decision(Randomness.NewGuidAt(time.GetUtcNow()), verdict, sessionId, Hash(returnTo), clock.Now));

    /// <summary>Null for a decision of another sign-in, about another request, too old, or taken before.</summary>
    public async ValueTask<Verdict?> TakeAsync(string text, long appId, Guid sessionId, string returnTo, CancellationToken ct)
    {
        if (await tickets.UnsealAsync<Decision>(text, ct) is not { } decision || decision.SessionId != sessionId
            || !CryptographicOperations.FixedTimeEquals(decision.RequestHash, Hash(returnTo)))
            return null;

        return await used.TryUseAsync(appId, decision.Id, time.GetUtcNow() + s_remembered, ct) ? decision.Verdict : null;
    }

    private static byte[] Hash(string returnTo) => SHA256.HashData(Encoding.UTF8.GetBytes(returnTo));
}
