using Yaopai.Errors;

namespace Yaopai.Server.Gateway;

/// <summary>Shows a refusal to a person, where an operation is called by browsers.</summary>
internal interface IErrorPage
{
    /// <summary>True when a browser asks; everybody else is answered in the surface's own dialect.</summary>
    bool IsWanted(HttpRequest request);

    /// <param name="userCodeParameter">Where the person may mend it by typing another user code at the same path,
    /// the parameter for it.</param>
    Task WriteAsync(HttpContext http, ErrorDefinition error, string? userCodeParameter);
}
