using Yaopai.Errors;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity;

/// <summary>What operations with numbers may answer, and what goes wrong around them.</summary>
/// <remarks>
/// The document has no row for a request that cannot be read: nothing of it counts, so the first of its parameters is missing.
/// An address where nothing is, is an invalid URL, as the family of platforms that the numbers come from says it.
/// </remarks>
internal static class IdentityFailures
{
    /// <param name="more">Rows of another part of the document that the operations share.</param>
    public static IReadOnlyList<ErrorDefinition> Rows(params IEnumerable<ErrorDefinition> more) => [.. E.All, .. more];

    /// <summary>Of an endpoint to which an app's server shows its appid.</summary>
    public static FailureErrors OfApps { get; } = With(E.AppIdMissing, E.PostRequired, E.AppIdUnknown);

    /// <summary>Of an endpoint that only reads, with a token.</summary>
    public static FailureErrors OfReading { get; } = With(E.AccessTokenMissing, E.GetRequired, E.AccessTokenInvalid);

    /// <summary>Of an endpoint that takes a token and does something.</summary>
    public static FailureErrors OfWriting { get; } = With(E.AccessTokenMissing, E.PostRequired, E.AccessTokenInvalid);

    /// <param name="unreadable">The first parameter that is missing where nothing can be read.</param>
    /// <param name="method">What is said of another method than the operation answers.</param>
    /// <param name="disabled">What is said of a disabled app.</param>
    public static FailureErrors With(ErrorDefinition unreadable, ErrorDefinition method, ErrorDefinition disabled) => new(
        E.All,
        (Failure.Unparsable, unreadable),
        (Failure.Forbidden, E.IpAddressForbidden),
        (Failure.AppDisabled, disabled),
        (Failure.NoSuchPath, E.UrlMalformed),
        (Failure.MethodNotAllowed, method),
        (Failure.Unexpected, E.Internal),
        (Failure.StorageUnreachable, E.SystemBusy),
        (Failure.StorageTimeout, E.SystemBusy),
        (Failure.StorageConflict, E.SystemBusy),
        (Failure.StorageFailed, E.Internal),
        (Failure.DataUnreadable, E.Internal),
        (Failure.KeyLost, E.Internal),
        (Failure.Throttled, E.CallsThrottled),
        (Failure.DeadlinePassed, E.SystemBusy),
        (Failure.Undocumented, E.Internal));
}
