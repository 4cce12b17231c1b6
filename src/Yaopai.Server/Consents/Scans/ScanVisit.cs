namespace Yaopai.Server.Consents.Scans;

/// <summary>A browser on the page that shows a QR code to be scanned.</summary>
/// <param name="Secret">Of the scene; empty where a person allows it on their phone, and no other platform says who scanned.</param>
/// <param name="QrText">What the QR code says.</param>
/// <param name="ReturnTo">The request that goes on once it was scanned, as path and query on this host.</param>
/// <param name="BeginAgain">The request that makes another one.</param>
internal sealed record ScanVisit(
    long AppId, string Secret, string QrText, string ReturnTo, string BeginAgain, DateTimeOffset IssuedAt) : ITicket
{
    /// <summary>What the person on the phone allows; null where another platform says who scanned.</summary>
    public DeviceVisit? OnPhone { get; init; }

    /// <summary>Where whoever has no phone signs in with a password, as path and query on this host; empty for nowhere.</summary>
    public string SignIn { get; init; } = "";

    /// <summary>Longer than the QR code lives: the page has to say that it is over.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    public static byte Kind => 6;

    public DateTimeOffset ExpiresAt => IssuedAt + s_lifetime;
}
