using Yaopai.Errors;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.OpenApiErrors;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>What operations of the two kinds may answer, and what goes wrong around them.</summary>
internal static class OpenApiMishaps
{
    private static readonly ErrorDefinition[] s_dataStore =
    [
        E.Api.DataStoreInternal, E.Api.DataStoreOperationInvalid, E.Api.DataStoreQuotaExceeded, E.Api.ObjectUnknown, E.Api.ObjectAlreadyExists,
        E.Api.DatabaseFailed,
    ];

    /// <summary>The rows of a method outside the data store.</summary>
    public static IReadOnlyList<ErrorDefinition> MethodRows { get; } = [.. E.Api.All.Except(s_dataStore)];

    /// <summary>The rows of a method of the data store, which knows nothing of people's fields and permissions.</summary>
    public static IReadOnlyList<ErrorDefinition> DataStoreRows { get; } =
        [.. E.Api.All.Except([E.Api.UserFieldUnknown, E.Api.UserFieldForbidden, E.Api.PermissionUnknown, E.Api.EmailForbidden])];

    /// <summary>
    /// The rows of an OAuth endpoint. Its own table knows only mistakes of callers; what happens to the server itself, to a network or to a quota is
    /// documented once for the platform, in the table of the methods, and said with those numbers here too.
    /// </summary>
    public static IReadOnlyList<ErrorDefinition> OAuthRows { get; } =
        [.. E.OAuth.All, E.Api.Ok, E.Api.Internal, E.Api.ServiceUnavailable, E.Api.CallsThrottled, E.Api.IpAddressForbidden];

    public static Mishaps OfMethod { get; } = new(
        MethodRows,
        [
            (Mishap.Unparsable,        E.Api.ParameterMalformed),
            (Mishap.TooManyParameters, E.Api.TooManyParameters),
            (Mishap.AppDisabled,       E.Api.ApiKeyUnknown),
            (Mishap.MethodNotAllowed,  E.Api.MethodUnknown),
            .. Common,
        ]);

    /// <summary>The data store has numbers of its own for what happens to it, and its callers may try again what its database did not do.</summary>
    public static Mishaps OfDataStore { get; } = new(
        DataStoreRows,
        [
            (Mishap.Unparsable,         E.Api.ParameterMalformed),
            (Mishap.TooManyParameters,  E.Api.TooManyParameters),
            (Mishap.AppDisabled,        E.Api.ApiKeyUnknown),
            (Mishap.MethodNotAllowed,   E.Api.MethodUnknown),
            .. Common,
            (Mishap.Unexpected,         E.Api.DataStoreInternal),
            (Mishap.StorageUnreachable, E.Api.DatabaseFailed),
            (Mishap.StorageTimeout,     E.Api.DatabaseFailed),
            (Mishap.StorageConflict,    E.Api.DatabaseFailed),
            (Mishap.StorageFailed,      E.Api.DatabaseFailed),
        ]);

    public static Mishaps OfOAuth { get; } = new(
        OAuthRows,
        [
            (Mishap.Unparsable,        E.OAuth.RequestMalformed),
            (Mishap.AppDisabled,       E.OAuth.ClientAuthenticationFailed),
            (Mishap.MethodNotAllowed,  E.OAuth.RequestMalformed),
            .. Common,
        ]);

    /// <summary>Unknown error for what nobody can mend by waiting, service unavailable for what passes.</summary>
    private static (Mishap, ErrorDefinition)[] Common =>
    [
        (Mishap.Forbidden,          E.Api.IpAddressForbidden),
        (Mishap.Unexpected,         E.Api.Internal),
        (Mishap.StorageUnreachable, E.Api.ServiceUnavailable),
        (Mishap.StorageTimeout,     E.Api.ServiceUnavailable),
        (Mishap.StorageConflict,    E.Api.ServiceUnavailable),
        (Mishap.StorageFailed,      E.Api.Internal),
        (Mishap.DataUnreadable,     E.Api.Internal),
        (Mishap.KeyLost,            E.Api.Internal),
        (Mishap.Throttled,          E.Api.CallsThrottled),
        (Mishap.DeadlinePassed,     E.Api.ServiceUnavailable),
        (Mishap.Undocumented,       E.Api.Internal),
    ];
}
