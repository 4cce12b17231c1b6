using System.Net;

namespace Yaopai.Server;

/// <summary>Every line that the server logs, with an id that stays: a hundred for each room, and an id is never used again.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1001, LogLevel.Critical, "The server cannot start: {Reason}")]
    public static partial void CannotStart(this ILogger log, string reason);

    [LoggerMessage(1002, LogLevel.Information, "HTTPS now uses the new certificate in {File}, valid until {Until:u}")]
    public static partial void CertificateRenewed(this ILogger log, string file, DateTime until);

    [LoggerMessage(1003, LogLevel.Error, "The new certificate cannot be used; the previous one stays in use. {Code}: {Reason}")]
    public static partial void CertificateNotRenewed(this ILogger log, string code, string reason);

    [LoggerMessage(1004, LogLevel.Information, "Yaopai is ready, in {Environment}, at {Addresses}. {Introduction}")]
    public static partial void IsReady(this ILogger log, string environment, string addresses, string introduction);

    [LoggerMessage(1101, LogLevel.Warning, "The database is not reachable; trying every second. {Reason}")]
    public static partial void DatabaseUnreachable(this ILogger log, string? reason);

    [LoggerMessage(1102, LogLevel.Information, "The database is reachable.")]
    public static partial void DatabaseReached(this ILogger log);

    [LoggerMessage(1103, LogLevel.Debug, "Notifications from other nodes do not arrive; the feed is still read regularly.")]
    public static partial void NotificationsNotHeard(this ILogger log, Exception exception);

    [LoggerMessage(1104, LogLevel.Warning, "The feed of other nodes' writes cannot be read at the moment. {Reason}")]
    public static partial void FeedUnreadable(this ILogger log, string? reason);

    [LoggerMessage(1105, LogLevel.Information, "The feed of other nodes' writes is read again.")]
    public static partial void FeedReadable(this ILogger log);

    [LoggerMessage(1106, LogLevel.Debug, "Expired rows could not be deleted; the next try is in a minute.")]
    public static partial void PurgeDelayed(this ILogger log, Exception exception);

    [LoggerMessage(1107, LogLevel.Warning, "The database does not accept writes, so this node is not ready; trying every second. {Reason}")]
    public static partial void WritesFail(this ILogger log, string? reason);

    [LoggerMessage(1108, LogLevel.Information, "The database accepts writes again.")]
    public static partial void WritesSucceed(this ILogger log);

    [LoggerMessage(1109, LogLevel.Warning, "{Complaint}")]
    public static partial void DatabaseShared(this ILogger log, string complaint);

    [LoggerMessage(1201, LogLevel.Warning, "Keys could not be prepared, storage: {Failure}. The next try is in a minute.")]
    public static partial void KeysDelayed(this ILogger log, Enum failure);

    [LoggerMessage(1203, LogLevel.Error, "{Complaint}")]
    public static partial void KeyLost(this ILogger log, string complaint);

    [LoggerMessage(1204, LogLevel.Warning, "{Reason} Request {RequestId}")]
    public static partial void KeyMissing(this ILogger log, string reason, string requestId);

    [LoggerMessage(1301, LogLevel.Debug, "Event {Name} was delivered to app {AppId} at try {Tries}")]
    public static partial void EventDelivered(this ILogger log, string name, long appId, int tries);

    [LoggerMessage(1302, LogLevel.Debug, "Event {Name} was not delivered to app {AppId} at try {Tries}: {Answer}")]
    public static partial void EventNotDelivered(this ILogger log, string name, long appId, int tries, string answer);

    [LoggerMessage(
        1303, LogLevel.Warning, "Event {Name} for app {AppId} is given up after {Tries} tries: {Answer}. Retry it with app events retry.")]
    public static partial void EventGivenUp(this ILogger log, string name, long appId, int tries, string answer);

    [LoggerMessage(1304, LogLevel.Debug, "Due events cannot be read; the next poll tries again.")]
    public static partial void DueEventsUnreadable(this ILogger log, Exception exception);

    [LoggerMessage(1305, LogLevel.Debug, "Events of app {AppId} wait until storage answers.")]
    public static partial void EventsDelayed(this ILogger log, Exception exception, long appId);

    [LoggerMessage(1306, LogLevel.Error, "Events of app {AppId} cannot be delivered.")]
    public static partial void EventsUndeliverable(this ILogger log, Exception exception, long appId);

    [LoggerMessage(1310, LogLevel.Warning, "Waiting directory changes cannot be read; the next poll tries again.")]
    public static partial void WaitingItemsUnreadable(this ILogger log, Exception exception);

    [LoggerMessage(1311, LogLevel.Debug, "Directory changes wait until storage answers.")]
    public static partial void ItemsDelayed(this ILogger log, Exception exception);

    [LoggerMessage(1312, LogLevel.Error, "Directory changes cannot be applied.")]
    public static partial void ItemsNotApplied(this ILogger log, Exception exception);

    [LoggerMessage(1313, LogLevel.Warning, "Item {Ordinal} of job {JobId} could not be applied at try {Tries}.")]
    public static partial void ItemNotApplied(this ILogger log, Exception exception, long jobId, int ordinal, int tries);

    [LoggerMessage(1314, LogLevel.Error, "Item {Ordinal} of job {JobId} is given up: {Tries} tries ended without a result.")]
    public static partial void ItemGivenUp(this ILogger log, long jobId, int ordinal, int tries);

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
    public static partial void BatchItemFailed(this ILogger log, Exception? exception, Enum failure, string target, string requestId);

    [LoggerMessage(1406, LogLevel.Error, "Unexpected, request {RequestId}")]
    public static partial void FailedUnexpectedly(this ILogger log, Exception exception, string requestId);

    [LoggerMessage(1407, LogLevel.Debug, "A body could not be read completely, request {RequestId}: {Detail}")]
    public static partial void BodyBroken(this ILogger log, string requestId, string detail);

    [LoggerMessage(1408, LogLevel.Information, "{Address} does not exist; the nearest address is {Nearest}")]
    public static partial void NoSuchAddress(this ILogger log, string address, string nearest);

    [LoggerMessage(
        1409, LogLevel.Warning,
        "{Peer} sent {Header}, which is ignored because Gateway:Proxies does not name the sender. If it is your proxy, name it; until then "
        + "all callers behind it count as one address, and HTTPS there is HTTP here. This is logged once.")]
    public static partial void ProxyUnnamed(this ILogger log, IPAddress peer, string header);

    [LoggerMessage(
        1410, LogLevel.Warning,
        "Other machines reach {Address} without encryption, so anyone on the way can read passwords, secrets and tokens. Listen on https "
        + "(Tls:Certificate), or on loopback behind a proxy that does; name a proxy on another machine in Gateway:Proxies.")]
    public static partial void HttpBeyondLoopback(this ILogger log, string address);

    [LoggerMessage(1411, LogLevel.Warning, "{Count} more requests failed because of storage in the last second")]
    public static partial void RequestsFailedToo(this ILogger log, int count);

    [LoggerMessage(
        1412, LogLevel.Information,
        "The server was told to stop. It goes on serving for {Drain} (Gateway:Drain); a second signal ends that.")]
    public static partial void Draining(this ILogger log, TimeSpan drain);

    [LoggerMessage(1501, LogLevel.Warning, "A page cannot be shown, request {RequestId}: {Detail}")]
    public static partial void PageFailed(this ILogger log, string detail, string requestId);

    [LoggerMessage(1601, LogLevel.Warning, "Upstream {Path} failed for app {AppId}: {Reason}")]
    public static partial void UpstreamFailed(this ILogger log, string path, long appId, string reason);

    [LoggerMessage(1602, LogLevel.Debug, "Upstream {Path} refused the credential that app {AppId} sent: {Reason}")]
    public static partial void UpstreamSaidNo(this ILogger log, string path, long appId, string reason);

    [LoggerMessage(1701, LogLevel.Warning, "The journal cannot be appended to {File}; requests are kept in memory alone. {Reason}")]
    public static partial void JournalFileFailed(this ILogger log, string file, string reason);

    [LoggerMessage(1721, LogLevel.Warning, "An admin key was refused that came from {Address}, request {RequestId}")]
    public static partial void AdminKeyRefused(this ILogger log, string address, string requestId);

    [LoggerMessage(1722, LogLevel.Warning, "Admin key {Key} has no role that may {Operation}")]
    public static partial void AdminKeyDenied(this ILogger log, string key, string operation);

    [LoggerMessage(1801, LogLevel.Debug, "Expired recycled accounts could not be deleted; the next try is in an hour.")]
    public static partial void RecycledAccountsDelayed(this ILogger log, Exception exception);

    [LoggerMessage(1802, LogLevel.Error, "A verification code cannot be sent: Verification:Webhook names no receiver.")]
    public static partial void VerificationUnconfigured(this ILogger log);

    [LoggerMessage(1803, LogLevel.Warning, "A verification code was not delivered: {Reason}")]
    public static partial void VerificationUndelivered(this ILogger log, string reason);

    [LoggerMessage(1821, LogLevel.Warning, "A message was not delivered: {Reason}")]
    public static partial void MessageUndelivered(this ILogger log, string reason);

    [LoggerMessage(1951, LogLevel.Warning, "A picture was not read: {Reason}")]
    public static partial void OcrFailed(this ILogger log, string reason);

    [LoggerMessage(1952, LogLevel.Warning, "The face engine did not answer: {Reason}")]
    public static partial void FaceEngineFailed(this ILogger log, string reason);

    [LoggerMessage(1981, LogLevel.Debug, "Forgotten worlds of the sandbox could not be removed; the next try is in ten minutes.")]
    public static partial void WorldsDelayed(this ILogger log, Exception exception);

    [LoggerMessage(1982, LogLevel.Information, "What the sandbox has was written to {Path}")]
    public static partial void SeedWritten(this ILogger log, string path);

    [LoggerMessage(1983, LogLevel.Error, "What the sandbox has could not be written to {Path} (Sandbox:ExportOnExit): {Reason}")]
    public static partial void SeedNotWritten(this ILogger log, string path, string reason);
}
