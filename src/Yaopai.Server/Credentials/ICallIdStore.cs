namespace Yaopai.Server.Credentials;

/// <summary>The highest number that the calls of a session have carried: one that is not above it was seen before.</summary>
internal interface ICallIdStore
{
    /// <summary>Takes the number, durably. False when it is not above the last one, on any node.</summary>
    Task<bool> TryAdvanceAsync(long appId, Guid sessionId, long callId, DateTimeOffset keepUntil, CancellationToken ct);
}
