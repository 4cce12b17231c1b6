using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.MiniProgram;

namespace Yaopai.Server.Surfaces.Identity.MiniProgram;

/// <summary>What operations about mini programs may answer, and what goes wrong around them.</summary>
internal static class MiniFailures
{
    public static IReadOnlyList<ErrorDefinition> Rows { get; } = IdentityFailures.Rows(E.All);

    public static FailureErrors Of { get; } = IdentityFailures.With(E.ParameterMissing, Common.PostRequired, E.ConsumerKeyUnknown);
}
