using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.User;

namespace Yaopai.Server.Surfaces.Identity.Users;

/// <summary>What operations about binding may answer, and what goes wrong around them.</summary>
internal static class UserFailures
{
    public static IReadOnlyList<ErrorDefinition> Rows { get; } = IdentityFailures.Rows(E.All);

    /// <summary>Of an endpoint to which a person's ticket is shown.</summary>
    public static FailureErrors OfTicket { get; } = IdentityFailures.With(E.UserTicketExpired, Common.PostRequired, E.UserTicketExpired);

    /// <summary>Of an endpoint to which an app's server shows its appid.</summary>
    public static FailureErrors OfApps { get; } = IdentityFailures.With(Common.AppIdMissing, Common.PostRequired, Common.AppIdUnknown);
}
