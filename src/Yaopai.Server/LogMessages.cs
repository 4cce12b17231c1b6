namespace Yaopai.Server;

/// <summary>Every line that the server logs, with an id that stays: a hundred for each room, and an id is never used again.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1001, LogLevel.Critical, "The server cannot start: {Reason}")]
    public static partial void CannotStart(this ILogger log, string reason);

    [LoggerMessage(1002, LogLevel.Information, "HTTPS now uses the new certificate in {File}, valid until {Until:u}")]
    public static partial void CertificateRenewed(this ILogger log, string file, DateTime until);

    [LoggerMessage(1003, LogLevel.Error, "The new certificate cannot be used, the one before stays. {Code}: {Reason}")]
    public static partial void CertificateNotRenewed(this ILogger log, string code, string reason);

    [LoggerMessage(1101, LogLevel.Warning, "The database is not reachable; trying every second. {Reason}")]
    public static partial void DatabaseUnreachable(this ILogger log, string? reason);

    [LoggerMessage(1102, LogLevel.Information, "The database is there.")]
    public static partial void DatabaseReached(this ILogger log);

    [LoggerMessage(1103, LogLevel.Debug, "Notifications from other nodes are not heard; the feed is still read regularly.")]
    public static partial void NotificationsNotHeard(this ILogger log, Exception exception);

    [LoggerMessage(1104, LogLevel.Warning, "What other nodes write cannot be read at the moment.")]
    public static partial void FeedUnreadable(this ILogger log, Exception? exception);

    [LoggerMessage(1105, LogLevel.Information, "What other nodes write is read again.")]
    public static partial void FeedReadable(this ILogger log);

    [LoggerMessage(1106, LogLevel.Debug, "Expired rows stay until the next minute.")]
    public static partial void PurgeDelayed(this ILogger log, Exception exception);

    [LoggerMessage(1201, LogLevel.Warning, "Keys could not be prepared, storage: {Failure}. The next try is in a minute.")]
    public static partial void KeysDelayed(this ILogger log, Enum failure);

    [LoggerMessage(1202, LogLevel.Error, "Keys could not be prepared. The next try is in a minute.")]
    public static partial void KeysRefused(this ILogger log, Exception exception);

    [LoggerMessage(1301, LogLevel.Debug, "Event {Name} was delivered to app {AppId} at try {Tries}")]
    public static partial void EventDelivered(this ILogger log, string name, long appId, int tries);

    [LoggerMessage(1302, LogLevel.Debug, "Event {Name} was not delivered to app {AppId} at try {Tries}: {Answer}")]
    public static partial void EventNotDelivered(this ILogger log, string name, long appId, int tries, string answer);

    [LoggerMessage(
        1303, LogLevel.Warning, "Event {Name} for app {AppId} is given up after {Tries} tries: {Answer}. It can be tried again by hand.")]
    public static partial void EventGivenUp(this ILogger log, string name, long appId, int tries, string answer);

    [LoggerMessage(1304, LogLevel.Debug, "What is due cannot be read; the next poll tries again.")]
    public static partial void DueEventsUnreadable(this ILogger log, Exception exception);

    [LoggerMessage(1305, LogLevel.Debug, "Events of app {AppId} wait until storage answers.")]
    public static partial void EventsDelayed(this ILogger log, Exception exception, long appId);

    [LoggerMessage(1306, LogLevel.Error, "Events of app {AppId} cannot be delivered.")]
    public static partial void EventsUndeliverable(this ILogger log, Exception exception, long appId);

    [LoggerMessage(EventId = 1401, Message = "{Target} refused with {Error} ({Number}), app {AppId}, request {RequestId}: {Detail}")]
    public static partial void Refused(
        this ILogger log, LogLevel level, string target, string error, string number, string appId, string requestId, string detail);

    [LoggerMessage(1402, LogLevel.Warning, "{Failure} in {Target}, request {RequestId}: {Detail}")]
    public static partial void RequestFailed(this ILogger log, Enum failure, string target, string requestId, string detail);

    [LoggerMessage(1403, LogLevel.Error, "Unexpected in {Target}, request {RequestId}")]
    public static partial void RequestFailedUnexpectedly(this ILogger log, Exception exception, string target, string requestId);

    [LoggerMessage(1404, LogLevel.Error, "{Target} answered with {Error}, which the catalogue does not document for it")]
    public static partial void AnsweredUndocumented(this ILogger log, string target, string error);

    [LoggerMessage(1405, LogLevel.Warning, "{Failure} in {Target} of a batch, request {RequestId}")]
    public static partial void BatchItemFailed(this ILogger log, Exception exception, Enum failure, string target, string requestId);

    [LoggerMessage(1406, LogLevel.Error, "Unexpected, request {RequestId}")]
    public static partial void FailedUnexpectedly(this ILogger log, Exception exception, string requestId);

    [LoggerMessage(1501, LogLevel.Warning, "A page cannot be shown, request {RequestId}: {Detail}")]
    public static partial void PageFailed(this ILogger log, string detail, string requestId);

    [LoggerMessage(1601, LogLevel.Warning, "{Path} of an upstream failed for app {AppId}: {Reason}")]
    public static partial void UpstreamFailed(this ILogger log, string path, long appId, string reason);

    [LoggerMessage(1602, LogLevel.Debug, "{Path} of an upstream does not know what app {AppId} showed it: {Reason}")]
    public static partial void UpstreamSaidNo(this ILogger log, string path, long appId, string reason);

    [LoggerMessage(1801, LogLevel.Debug, "Recycled accounts whose time is over stay until the next hour.")]
    public static partial void RecycledAccountsDelayed(this ILogger log, Exception exception);

    [LoggerMessage(1802, LogLevel.Error, "A verification code cannot be sent: Verification:Webhook names no receiver.")]
    public static partial void VerificationUnconfigured(this ILogger log);

    [LoggerMessage(1803, LogLevel.Warning, "A verification code was not delivered: {Reason}")]
    public static partial void VerificationUndelivered(this ILogger log, string reason);
}
