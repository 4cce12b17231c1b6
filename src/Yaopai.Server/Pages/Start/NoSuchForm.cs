namespace Yaopai.Server.Pages.Start;

/// <summary>An address where nothing is.</summary>
/// <param name="Nearest">What was probably meant; null where that is not said.</param>
/// <param name="Start">Null where the start page is not at this host.</param>
public sealed record NoSuchForm(string Asked, string? Nearest, string? Start);
