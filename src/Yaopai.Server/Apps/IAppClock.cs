namespace Yaopai.Server.Apps;

/// <summary>What time it is for an app. One time for all, except in the sandbox, where it can be moved.</summary>
internal interface IAppClock
{
    /// <summary>The time of the installation, and of every app that has none of its own.</summary>
    DateTimeOffset Now { get; }

    DateTimeOffset NowFor(long appId);
}

internal sealed class WallClock(TimeProvider time) : IAppClock
{
    public DateTimeOffset Now => time.GetUtcNow();

    public DateTimeOffset NowFor(long appId) => time.GetUtcNow();
}
