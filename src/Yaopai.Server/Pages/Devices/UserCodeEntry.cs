using Yaopai.Errors;

namespace Yaopai.Server.Pages.Devices;

/// <summary>A person whose browser brought no user code, or none that is any good.</summary>
/// <param name="Target">The path that they came to, and to which the code goes.</param>
/// <param name="Parameter">What the code is called there.</param>
/// <param name="Typed">What came before, to be mended.</param>
public sealed record UserCodeEntry(ErrorDefinition Error, string RequestId, string Target, string Parameter, string Typed);
