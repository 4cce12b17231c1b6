using Yaopai.Errors;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.IdentityErrors.Gateway;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>The rules of every gateway call, in the order that the contract fixes, and the way of a call past them.</summary>
internal static class GatewayRules
{
    private static readonly string[] s_methods = ["GET", "POST"];

    /// <summary>What a call may answer, beside what its operation says of its own.</summary>
    public static IReadOnlyList<ErrorDefinition> Rows(params ErrorDefinition[] more) => [.. E.All, .. more];

    /// <summary>The document has no row for a request that cannot be read: its parameters are missing. None either for an app that calls
    /// too often: it is told what it is told of other troubles that pass.</summary>
    public static FailureErrors Failures { get; } = new(
        E.All,
        (Failure.Unparsable, E.ParameterMissing),
        (Failure.Forbidden, E.AppUnknown),
        (Failure.NoSuchPath, E.ParameterMissing),
        (Failure.MethodNotAllowed, E.MethodUnsupported),
        (Failure.Unexpected, E.Internal),
        (Failure.StorageUnreachable, E.Internal),
        (Failure.StorageTimeout, E.Internal),
        (Failure.StorageConflict, E.Internal),
        (Failure.StorageFailed, E.Internal),
        (Failure.DataUnreadable, E.Internal),
        (Failure.KeyLost, E.Internal),
        (Failure.Throttled, E.Internal),
        (Failure.DeadlinePassed, E.Internal),
        (Failure.Undocumented, E.Internal));

    /// <summary>Another method than GET and POST is refused before these.</summary>
    private static Rule<T>[] System<T>(bool writes) where T : GatewayRequest =>
    [
        new(E.PostRequired,          x => x.IsPost || !writes),
        new(E.ParameterMissing,      x => x.IsReadable, why: x => x.WhyNotReadable()),
        new(E.ParameterMissing,      x => x["appid"] is not "", why: _ => "appid is missing"),
        new(E.ParameterMissing,      x => x["datetime"] is not "", why: _ => "datetime is missing"),
        new(E.ParameterMissing,      x => x[GatewaySignature.Name] is not "", why: _ => "signature is missing"),
        new(E.ParameterMissing,      x => x.HasWellFormedId, why: _ => "requestid has letters, digits, - _ . and :, 64 at most"),
        new(E.FormatUnsupported,     x => x[SystemParameters.Format] is "" or "json" or "xml"),
        new(E.DateTimeMalformed,     x => x.Instant is not null, why: x => $"datetime '{x["datetime"]}' is not yyyy-MM-dd HH:mm:ss"),
        new(E.DateTimeOutsideWindow, x => x.IsOfNow, why: x => x.WhyNotOfNow()),
        new(E.AppUnknown,            x => x.Call.App is { IsEnabled: true }),
        new(E.AppUnknown,            x => x.IsOfAllowedAddress, why: x => $"the request came from {x.Call.Peer}"),
        new(E.AppUnknown,            x => x.IsSecure, why: x => $"app {x.App.Id} may be called over HTTPS alone"),
        new(E.AppUnknown,            x => ManagedUsers.MayManage(x.App),
                                     why: x => $"app {x.App.Id} is not approved for {IdentityProfile.Manage}"),
        new(E.SignTypeUnsupported,   x => GatewaySignature.MethodOf(x["signtype"]) is not null),
        new(E.Internal,              x => x.TryTakeQuotaAsync(), why: x => $"app {x.App.Id} or its address calls too often"),
        new(E.SignatureIncorrect,    x => x.SignatureHoldsAsync(), why: x => x.WhySignatureIsWrong()),
        new(E.SignatureIncorrect,    x => x.IsFirstAsync(), why: _ => "the signature was used before"),
    ];

    /// <summary>The person that a call is about.</summary>
    public static Rule<T>[] NamesUser<T>() where T : UserRequest =>
    [
        new(E.ParameterMissing,                     x => x.NamesUser, why: _ => "openid is missing"),
        new(IdentityErrors.Common.OpenIdUnknown,    x => x.LoadUserAsync()),
    ];

    /// <summary>Nothing is done to somebody who was put away, and nothing for them.</summary>
    public static Rule<T>[] IsAlive<T>() where T : UserRequest =>
        [new(IdentityErrors.User.UserRecycled, x => x.User.RecycledAt is null, why: x => $"user {x.User.Id} is recycled")];

    /// <summary>What an app shows where it acts for the person alone.</summary>
    public static Rule<T>[] ShowsAccessKey<T>() where T : UserRequest =>
    [
        new(E.AccessKeyMissing,      x => x.LoadAccessKeyAsync(), why: x => $"user {x.User.Id} has no Access Key"),
        new(E.ParameterMissing,      x => x["access_key"] is not "", why: _ => "access_key is missing"),
        new(E.AppUnknown,            x => x.AccessKeyMatches, why: _ => "access_key is not the user's"),
    ];

    /// <summary>An operation behind the rules of all calls and its own.</summary>
    /// <param name="writes">It changes something: POST alone, and a request id makes it happen once.</param>
    public static Operation<T> Operation<T>(
        string name, bool writes, IReadOnlyList<ErrorDefinition> documented, Func<Call, string, Failure?, T> read, Rule<T>[] rules,
        Func<T, ValueTask<Answer>> answer) where T : GatewayRequest
    {
        var target = $"identity.{char.ToLowerInvariant(name[0])}{name[1..]}";
        return new Operation<T>("identity", name, documented)
        {
            Methods = s_methods,
            Source = ParameterSource.None, // read below, because what cannot be read is told after a wrong method
            AdmitsByRules = true,
            Read = async call => read(call, target, await call.ReadAsync(ParameterSource.FormOrJson)),
            Client = x => x.AppId,
            Rules = new OnceRules<T>(System<T>(writes), rules, writes, answer),
            Failures = Failures,
        };
    }
}
