namespace Yaopai.Server.Consents.Scans;

/// <summary>A browser on the page that shows a QR code to be scanned.</summary>
/// <param name="Secret">Of the scene.</param>
/// <param name="QrText">What the QR code says.</param>
/// <param name="ReturnTo">The request that goes on once it was scanned, as path and query on this host.</param>
/// <param name="BeginAgain">The request that makes another one.</param>
internal sealed record ScanVisit(
    long AppId, string Secret, string QrText, string ReturnTo, string BeginAgain, DateTimeOffset IssuedAt) : ITicket
{
    /// <summary>Longer than the QR code lives: the page has to say that it is over.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    public static byte Kind => 6;

    public DateTimeOffset ExpiresAt => IssuedAt + s_lifetime;
}
