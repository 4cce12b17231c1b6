namespace Yaopai.Server.Credentials;

/// <summary>A request that an app gave an id, so that it is done once however often it is sent.</summary>
/// <param name="Content">What it asks for, hashed.</param>
/// <param name="SubjectId">For what it makes anew: the same each time that the request is tried.</param>
internal sealed record NumberedRequest(long AppId, string RequestId, byte[] Content, long SubjectId);

internal enum RequestProgress
{
    /// <summary>It is this caller's to do.</summary>
    Begun,

    /// <summary>Another caller is at it.</summary>
    Running,

    Answered,

    /// <summary>The id belongs to a request that asks for something else.</summary>
    OfOtherContent,
}

/// <param name="SubjectId">As the request had it when it came first.</param>
/// <param name="Answer">What was answered; null until then.</param>
internal sealed record RequestState(RequestProgress Progress, long SubjectId, byte[]? Answer);

/// <summary>Requests with an id of the app's own, and what was answered to them: kept for as long as an id counts.</summary>
internal interface IRequestIdStore
{
    /// <summary>Takes the request for this caller, on any node, unless it was taken before.</summary>
    /// <param name="leaseUntil">When it may be taken once more where no answer is stored by then: its node may be gone.</param>
    Task<RequestState> BeginAsync(
        NumberedRequest request, DateTimeOffset now, DateTimeOffset leaseUntil, DateTimeOffset keepUntil, CancellationToken ct);

    Task AnswerAsync(long appId, string requestId, byte[] answer, CancellationToken ct);

    /// <summary>Lets the request be taken once more at once, because it may not have been done.</summary>
    Task ReleaseAsync(long appId, string requestId, CancellationToken ct);

    /// <summary>Forgets the request, because nothing was done: its id is free again.</summary>
    Task ForgetAsync(long appId, string requestId, CancellationToken ct);
}
