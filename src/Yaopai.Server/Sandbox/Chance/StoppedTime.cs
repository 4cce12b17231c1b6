namespace Yaopai.Server.Sandbox.Chance;

/// <summary>A wall clock that stands; timers go on. What moves is <see cref="SandboxClock"/>, which goes from here.</summary>
internal sealed class StoppedTime(DateTimeOffset at) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => at;
}
