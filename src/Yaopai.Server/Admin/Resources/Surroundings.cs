namespace Yaopai.Server.Admin.Resources;

/// <summary>Where the program runs: in Development more addresses are good.</summary>
internal sealed record Surroundings(bool IsDevelopment);
