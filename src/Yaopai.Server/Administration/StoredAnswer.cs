namespace Yaopai.Server.Administration;

/// <summary>What an admin key once asked for under an idempotency key, and what it was answered.</summary>
/// <param name="Fingerprint">Of the whole request: another one under the same key is a mistake of the caller's.</param>
/// <param name="Sealed">The answer, sealed; null while it is being made.</param>
internal sealed record StoredAnswer(byte[] Fingerprint, byte[]? Sealed);

/// <summary>Answers that are given once more to whoever asks again. They may hold secrets, so they are sealed.</summary>
internal interface IStoredAnswers
{
    /// <summary>Null where nobody asked before; from then on the question is known, and this call has to answer it.</summary>
    /// <param name="askedId">A keyed or plain hash of the idempotency key.</param>
    Task<StoredAnswer?> BeginAsync(
        long adminKeyId, byte[] askedId, byte[] fingerprint, DateTimeOffset keepUntil, CancellationToken ct);

    Task CompleteAsync(long adminKeyId, byte[] askedId, byte[] @sealed, CancellationToken ct);

    /// <summary>It was not answered: it may be asked again.</summary>
    Task AbandonAsync(long adminKeyId, byte[] askedId, CancellationToken ct);
}
