namespace Yaopai.Server.Gateway;

/// <summary>Tells a person that nothing is at an address, and where to go on.</summary>
internal interface INoSuchPage
{
    /// <summary>True when a browser asks that shows the answer to a person; programs are answered as before.</summary>
    bool IsWanted(HttpRequest request);

    /// <param name="nearest">The address that was probably meant; null where that is not said.</param>
    Task WriteAsync(HttpContext http, string? nearest);
}
