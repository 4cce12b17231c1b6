using Yaopai.Errors;
using Yaopai.Server.Gateway;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>What goes wrong around the rules of an operation.</summary>
internal static class WeLinkFailures
{
    /// <param name="internal">What goes wrong in the server.</param>
    /// <param name="storage">What goes wrong in the database, where the document tells it apart.</param>
    public static FailureErrors With(
        IReadOnlyList<ErrorDefinition> documented, ErrorDefinition unreadable, ErrorDefinition @internal,
        ErrorDefinition? storage = null) => new(
        documented,
        (Failure.Unparsable, unreadable),
        (Failure.Forbidden, G.AccessForbidden),
        (Failure.NoSuchPath, G.AddressUnknown),
        (Failure.MethodNotAllowed, G.AddressUnknown),
        (Failure.Unexpected, @internal),
        (Failure.StorageUnreachable, storage ?? @internal),
        (Failure.StorageTimeout, storage ?? @internal),
        (Failure.StorageConflict, storage ?? @internal),
        (Failure.StorageFailed, storage ?? @internal),
        (Failure.DataUnreadable, @internal),
        (Failure.KeyLost, @internal),
        (Failure.Throttled, G.CallsThrottled),
        (Failure.DeadlinePassed, @internal),
        (Failure.Undocumented, @internal));
}
