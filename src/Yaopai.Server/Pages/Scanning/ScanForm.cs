namespace Yaopai.Server.Pages.Scanning;

/// <summary>What the page of a QR code shows.</summary>
/// <param name="Picture">The QR code, as an address that holds it.</param>
/// <param name="StateAddress">Where the page asks whether it was scanned.</param>
/// <param name="Next">Where it goes on then.</param>
/// <param name="Again">Where another QR code is made.</param>
/// <param name="IsOver">Nobody can scan it any more.</param>
public sealed record ScanForm(string AppName, string Picture, string StateAddress, string Next, string Again, bool IsOver);
