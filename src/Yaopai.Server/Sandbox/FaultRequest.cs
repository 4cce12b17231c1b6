namespace Yaopai.Server.Sandbox;

/// <summary>A fault as it is asked for; <see cref="FaultReader"/> says what is wrong with it.</summary>
internal sealed record FaultRequest(
    string? Target, string? Error, string? Fault, string? Delay, int? Times, double? Probability, int? Seed, double? Seconds,
    long? ClientId, string? World = null);
