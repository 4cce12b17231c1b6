namespace Yaopai.Server.Upstreams;

internal enum UpstreamFault
{
    /// <summary>Connections are refused.</summary>
    Down,

    /// <summary>Nothing answers within the time-out.</summary>
    Slow,
}

/// <summary>Where the sandbox breaks the way to other platforms. Asked in the caller's own context before every request to one.</summary>
internal interface IUpstreamSeam
{
    UpstreamFault? Current { get; }
}
