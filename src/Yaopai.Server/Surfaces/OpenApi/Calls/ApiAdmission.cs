using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Formats;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>Who is let in to a method, in the order that the platform promises. A caller inside a batch was let in by the rules of the batch.</summary>
internal sealed class ApiAdmission<T>(ApiMethod method, ApiServices services) where T : ApiRequest
{
    private readonly OpenApiOptions _options = services.Options.Value;
    private readonly CallSignature _signature = new(services);

    public Rule<T>[] Rules =>
    [
        new(E.ApiKeyUnknown,              HasKnownApp),
        new(E.IpAddressForbidden,         x => x.App is not { } app || app.Allows(x.Call.Peer)),
        new(E.RefererForbidden,           x => x.App is not { } app || Referer.IsAllowed(app, x.Call.Http.Request)),
        new(E.TooManyParameters,          x => x.Call.Parameters.Items.Count <= _options.ParameterLimit && x.IsWithinCounts),
        new(E.SignatureMethodUnsupported, x => !IsSigned(x) || Signature.MethodOf(x["sign_method"]) is not null),
        new(E.TimestampInvalid,           x => !IsSigned(x) || _signature.IsDated(x)),
        new(E.SignatureIncorrect,         x => IsSigned(x) ? _signature.HoldsAsync(x) : ValueTask.FromResult(true)),
        new(E.TimestampInvalid,           x => IsSigned(x) ? _signature.IsFirstAsync(x) : ValueTask.FromResult(true)),
        new(E.ParameterMalformed,         x => x.Caller.Mode is not ApiMode.Nobody),
        new(E.AccessTokenInvalid,         HasToken),
        new(E.ApplicationUnknown,         x => x.App is not null),
        new(E.AccessTokenExpired,         x => x.Caller.Credential.Standing is not OpenStanding.Expired),
        new(E.CallsThrottled,             IsWithinLimits),
        new(E.UserDataForbidden,          IsEntitled),
        new(E.ParameterMalformed,         x => AnswerFormat.IsKnown(x["format"]) && AnswerFormat.IsCallback(x["callback"])),
    ];

    /// <summary>The old dispatcher and the public paths begin with a key; elsewhere its absence is an absence of everything.</summary>
    private static bool HasKnownApp(T x) => x.Caller.Mode switch
    {
        _ when x.App is { } app => app.IsEnabled,
        ApiMode.App => false,
        ApiMode.Nobody => !(x.IsNumbered || x.Call.Path.StartsWith(MethodTable.Public, StringComparison.Ordinal)),
        _ => !x.IsNumbered, // 110 says more of a token that is none, and 900 of one whose app is gone
    };

    private bool IsSigned(T x) => !x.Caller.IsSettled && x.Caller.Mode switch
    {
        ApiMode.Session => true,
        ApiMode.App => x.IsNumbered || method.Audience is not Audience.Anyone || x["sign"] is not "" || x["timestamp"] is not "",
        _ => false,
    };

    private static bool HasToken(T x) => x.Caller.Mode switch
    {
        ApiMode.Token or ApiMode.Session =>
            x.Caller.Credential.Standing is OpenStanding.Holds or OpenStanding.Expired && x.Credential!.AppId == x.AppId,
        _ => true,
    };

    /// <summary>An app's own quota stands in for that of the installation, and an app without limit has none here either.</summary>
    private bool IsWithinLimits(T x)
    {
        var app = x.App!;
        if (x.Caller.Mode is ApiMode.App && !IsSigned(x) && !x.Caller.IsSettled)
            return services.Quotas.TryTake(x.Call.Peer, method.Target, _options.RatePerMethod); // anybody may name the app, and must not use up what is its own

        return services.Quotas.TryTake(app, method.Target, app.QuotaPerMinute ?? _options.RatePerMethod, TimeSpan.FromMinutes(1))
            && services.Quotas.TryTake(app, method.Target + " a day", _options.DailyCapPerMethod, TimeSpan.FromDays(1));
    }

    private bool IsEntitled(T x) => method.Audience switch
    {
        Audience.Users => x.UserId is not null && Covers(x),
        Audience.Apps => x.UserId is null || Covers(x),
        Audience.AppAlone => x.UserId is null,
        _ => true,
    };

    private bool Covers(T x) => method.Scope is null || x.Credential!.Covers(method.Scope);
}
