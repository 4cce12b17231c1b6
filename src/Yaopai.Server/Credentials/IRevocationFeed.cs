namespace Yaopai.Server.Credentials;

/// <summary>What this node hears of other nodes' revocations.</summary>
internal interface IRevocationFeed
{
    /// <summary>How long ago it was last heard; null before the first time.</summary>
    TimeSpan? Age { get; }
}
