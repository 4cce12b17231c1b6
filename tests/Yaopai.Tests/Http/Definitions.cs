using Yaopai.Errors;

namespace Yaopai.Tests.Http;

internal static class Definitions
{
    /// <summary>By operation and name: <c>Token.CodeExpired</c>.</summary>
    public static ErrorDefinition Named(string name) => HuaweiAccountErrors.All.Single(error => $"{error.Operation}.{error.Name}" == name);
}
