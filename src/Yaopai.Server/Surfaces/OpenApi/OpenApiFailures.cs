using Yaopai.Errors;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.OpenApiErrors;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>What operations of the two kinds may answer, and what goes wrong around them.</summary>
internal static class OpenApiFailures
{
    private static readonly ErrorDefinition[] s_dataStore =
    [
        E.Api.DataStoreInternal, E.Api.DataStoreOperationInvalid, E.Api.DataStoreQuotaExceeded, E.Api.ObjectUnknown,
        E.Api.ObjectAlreadyExists, E.Api.DatabaseFailed,
    ];

    /// <summary>The rows of a method outside the data store.</summary>
    public static IReadOnlyList<ErrorDefinition> MethodRows { get; } = [.. E.Api.All.Except(s_dataStore)];

    /// <summary>The rows of a method of the data store, which knows nothing of people's fields and permissions.</summary>
    public static IReadOnlyList<ErrorDefinition> DataStoreRows { get; } =
        [.. E.Api.All.Except([E.Api.UserFieldUnknown, E.Api.UserFieldForbidden, E.Api.PermissionUnknown, E.Api.EmailForbidden])];

    /// <summary>
    /// The rows of an OAuth endpoint. Its own table knows only mistakes of callers; what happens to the server itself, to a network or to a
    /// quota is documented once for the platform, in the table of the methods, and said with those numbers here too.
    /// </summary>
    public static IReadOnlyList<ErrorDefinition> OAuthRows { get; } =
        [.. E.OAuth.All, E.Api.Ok, E.Api.Internal, E.Api.ServiceUnavailable, E.Api.CallsThrottled, E.Api.IpAddressForbidden];

    public static FailureErrors OfMethod { get; } = new(
        MethodRows,
        [
            (Failure.Unparsable,        E.Api.ParameterMalformed),
            (Failure.TooManyParameters, E.Api.TooManyParameters),
            (Failure.AppDisabled,       E.Api.ApiKeyUnknown),
            (Failure.MethodNotAllowed,  E.Api.MethodUnknown),
            .. Common,
        ]);

    /// <summary>The data store has numbers of its own for what happens to it,
    /// and its callers may try again what its database did not do.</summary>
    public static FailureErrors OfDataStore { get; } = new(
        DataStoreRows,
        [
            (Failure.Unparsable,         E.Api.ParameterMalformed),
            (Failure.TooManyParameters,  E.Api.TooManyParameters),
            (Failure.AppDisabled,        E.Api.ApiKeyUnknown),
            (Failure.MethodNotAllowed,   E.Api.MethodUnknown),
            .. Common,
            (Failure.Unexpected,         E.Api.DataStoreInternal),
            (Failure.StorageUnreachable, E.Api.DatabaseFailed),
            (Failure.StorageTimeout,     E.Api.DatabaseFailed),
            (Failure.StorageConflict,    E.Api.DatabaseFailed),
            (Failure.StorageFailed,      E.Api.DatabaseFailed),
        ]);

    public static FailureErrors OfOAuth { get; } = new(
        OAuthRows,
        [
            (Failure.Unparsable,        E.OAuth.RequestMalformed),
            (Failure.AppDisabled,       E.OAuth.ClientAuthenticationFailed),
            (Failure.MethodNotAllowed,  E.OAuth.RequestMalformed),
            .. Common,
        ]);

    /// <summary>What goes wrong around an operation that knows one mistake of its callers.</summary>
    public static FailureErrors Of(IReadOnlyList<ErrorDefinition> rows, ErrorDefinition malformed) => new(
        rows,
        [
            (Failure.Unparsable,        malformed),
            (Failure.AppDisabled,       malformed),
            (Failure.MethodNotAllowed,  malformed),
            .. Common,
        ]);

    /// <summary>Unknown error for what nobody can mend by waiting, service unavailable for what passes.</summary>
    private static (Failure, ErrorDefinition)[] Common =>
    [
        (Failure.Forbidden,          E.Api.IpAddressForbidden),
        (Failure.Unexpected,         E.Api.Internal),
        (Failure.StorageUnreachable, E.Api.ServiceUnavailable),
        (Failure.StorageTimeout,     E.Api.ServiceUnavailable),
        (Failure.StorageConflict,    E.Api.ServiceUnavailable),
        (Failure.StorageFailed,      E.Api.Internal),
        (Failure.DataUnreadable,     E.Api.Internal),
        (Failure.KeyLost,            E.Api.Internal),
        (Failure.Throttled,          E.Api.CallsThrottled),
        (Failure.DeadlinePassed,     E.Api.ServiceUnavailable),
        (Failure.Undocumented,       E.Api.Internal),
    ];
}
