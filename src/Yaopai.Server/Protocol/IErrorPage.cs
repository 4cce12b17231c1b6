using Yaopai.Errors;

namespace Yaopai.Server.Protocol;

/// <summary>Shows a refusal to a person, where an operation is called by browsers.</summary>
internal interface IErrorPage
{
    /// <summary>True when a browser asks; everybody else is answered in the surface's own dialect.</summary>
    bool IsWanted(HttpRequest request);

    Task WriteAsync(HttpContext http, ErrorDefinition error);
}
