namespace Yaopai.Server.Events;

/// <summary>Where an app wants to hear of events.</summary>
internal static class Callback
{
    private const int Longest = 2048;

    /// <summary>What is wrong with an address, as the end of a sentence; null when nothing is.</summary>
    /// <param name="allowPlain">In Development: http, to the container or the machine beside this one.</param>
    public static string? FaultOf(string address, bool allowPlain) =>
        address.Length > Longest || address is ['/', ..] || !address.All(c => c is > ' ' and < '\x7f' and not '\\')
            || !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? "must be an absolute address: https://app.example/events"
        : uri.UserInfo is not "" ? "must not contain a user name"
        : address.Contains('#') ? "must have no fragment (#…)"
        : uri.Scheme is "https" || (uri.Scheme is "http" && allowPlain) ? null
        : "must be https; http is for Development alone";
}
