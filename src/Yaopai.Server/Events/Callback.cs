namespace Yaopai.Server.Events;

/// <summary>Where an app wants to hear of events.</summary>
internal static class Callback
{
    private const int Longest = 2048;

    /// <summary>What is wrong with an address, as the end of a sentence; null when nothing is.</summary>
    /// <param name="allowLoopback">In Development: http to this very machine, where nobody listens in.</param>
    public static string? FaultOf(string address, bool allowLoopback) =>
        address.Length > Longest || address is ['/', ..] || !address.All(c => c is > ' ' and < '\x7f' and not '\\')
            || !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? "must be an absolute address: https://app.example/events"
        : uri.UserInfo is not "" ? "must hold no user name"
        : address.Contains('#') ? "must have no fragment (#…)"
        : uri.Scheme is "https" || (uri.Scheme is "http" && uri.IsLoopback && allowLoopback) ? null
        : "must be https; http is for loopback in Development alone";
}
