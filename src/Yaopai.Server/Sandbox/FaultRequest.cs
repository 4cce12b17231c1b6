using System.Text.Json.Serialization;

namespace Yaopai.Server.Sandbox;

/// <summary>A fault as it is asked for; <see cref="FaultReader"/> says what is wrong with it.</summary>
internal sealed record FaultRequest(
    string? Target, string? Error, string? Fault, string? Delay, int? Times, double? Probability, int? Seed, double? Seconds,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)] long? ClientId,
    string? World = null);
