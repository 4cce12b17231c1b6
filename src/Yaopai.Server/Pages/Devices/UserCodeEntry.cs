using Yaopai.Errors;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.Devices;

/// <summary>A person whose browser brought no user code, or none that is any good.</summary>
/// <param name="Fault">What is wrong with the code that came; null where none came yet.</param>
/// <param name="Target">The path that they came to, and to which the code goes.</param>
/// <param name="Parameter">What the code is called there.</param>
/// <param name="Typed">What came before, to be mended.</param>
public sealed record UserCodeEntry(ErrorDefinition Error, Phrase? Fault, string RequestId, string Target, string Parameter, string Typed)
{
    /// <summary>Whoever has only opened the page has done nothing wrong, and is told of no error.</summary>
    public bool WasTried => Fault is not null || Typed is not "";
}
