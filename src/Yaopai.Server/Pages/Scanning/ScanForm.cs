namespace Yaopai.Server.Pages.Scanning;

/// <summary>What the page of a QR code shows.</summary>
/// <param name="Picture">The QR code, as an address that holds it.</param>
/// <param name="StateAddress">Where the page asks whether it was scanned.</param>
/// <param name="Next">Where it goes on then.</param>
/// <param name="Again">Where another QR code is made.</param>
/// <param name="SignIn">Where to sign in with a password; empty where only a scan will do.</param>
/// <param name="UserCode">What the page on the person's phone shows too; null where another platform asks them.</param>
/// <param name="IsOver">Nobody can scan it any more.</param>
public sealed record ScanForm(
    string AppName, string Picture, string StateAddress, string Next, string Again, string SignIn, string? UserCode, bool IsOver);
