namespace Yaopai.Server.Credentials;

/// <summary>The highest number that was taken of a session of calls, or of a chain of refresh tokens: one that is not above it was seen
/// before.</summary>
internal interface ICallIdStore
{
    /// <summary>Takes the number, durably. False when it is not above the last one, on any node.</summary>
    Task<bool> TryAdvanceAsync(long appId, Guid sessionId, long callId, DateTimeOffset keepUntil, CancellationToken ct);

    /// <summary>The highest number that was taken; 0 where none was.</summary>
    Task<long> LastAsync(long appId, Guid sessionId, CancellationToken ct);
}
