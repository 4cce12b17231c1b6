namespace Yaopai.Server.Stores;

/// <summary>How far the clocks of two nodes may be apart.</summary>
internal sealed record ClockSkew(TimeSpan Most);
