namespace Yaopai.Server.Pages.OutOfBand;

/// <summary>What the page shows to a person who goes back to an app without an address.</summary>
/// <param name="Code">Null where there is nothing to carry.</param>
public sealed record OutOfBandForm(string AppName, string? Code);
