namespace Yaopai.Server.Gateway;

/// <summary>Has the browser post an answer to an app, where the app asks for that.</summary>
internal interface IFormPostPage
{
    Task WriteAsync(HttpContext http, string address, IReadOnlyList<(string Name, string Value)> fields);
}
