using Microsoft.Extensions.Options;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Formats;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>Who is let in to a method, in the order that the platform promises.
/// A caller inside a batch was let in by the rules of the batch.</summary>
internal sealed class ApiAdmission(ApiCredentials credentials, CallSignature signature, Quotas quotas, IOptions<OpenApiOptions> options)
{
    private readonly OpenApiOptions _options = options.Value;

    /// <summary>A method behind the rules of admission and its own.</summary>
    public Operation<T> Operation<T>(ApiMethod method, Rule<T>[] rules, Func<Call, ApiCaller, T> read, Func<T, ValueTask<Answer>> answer)
        where T : ApiRequest => new("open", method.Name, method.Documented)
        {
            Methods = method.Methods,
            MaxBodyBytes = int.MaxValue, // some of them store what they are sent
            AdmitsByRules = true,
            Read = async call => read(call, call.Caller as ApiCaller ?? await ApiCaller.ReadAsync(call, credentials)),
            Client = x => x.AppId,
            Rules = RuleLists.One([.. RulesOf<T>(method), .. rules], answer),
            Gives = method.Gives,
            Failures = method.Failures,
        };

    private Rule<T>[] RulesOf<T>(ApiMethod method) where T : ApiRequest =>
    [
        new(E.ApiKeyUnknown,              HasKnownApp),
        new(E.IpAddressForbidden,         x => x.App is not { } app || app.Allows(x.Call.Peer),
                                          why: x => $"the app's allowlist is {string.Join(", ", x.App!.Allowlist)}; "
                                              + $"the request came from {x.Call.Peer}"),
        new(E.RefererForbidden,           x => x.App is not { } app || Referer.IsAllowed(app, x.Call.Http.Request),
                                          why: x => $"pages of {string.Join(", ", x.App!.Referers)} may call"),
        new(E.TooManyParameters,          x => x.Call.Parameters.Items.Count <= _options.ParameterLimit && x.IsWithinCounts),
        new(E.ParameterMalformed,         x => !IsSigned(method, x) || !x.Call.Parameters.HaveRepeats,
            why: _ => "a parameter stands more than once, and the call is signed"),
        new(E.SignatureMethodUnsupported, x => !IsSigned(method, x) || Signature.MethodOf(x["sign_method"]) is not null),
        new(E.TimestampInvalid,           x => !IsSigned(method, x) || signature.IsDated(x), why: signature.WhyNotDated),
        new(E.SignatureIncorrect,         x => IsSigned(method, x) ? signature.HoldsAsync(x) : ValueTask.FromResult(true),
            why: CallSignature.WhyIncorrect),
        new(E.TimestampInvalid,           x => IsSigned(method, x) ? signature.IsFirstAsync(x) : ValueTask.FromResult(true),
            why: _ => "the call was made before"),
        new(E.ParameterMalformed,         x => x.Caller is { Mode: not ApiMode.Nobody, IsTwofold: false },
            why: x => x.Caller.IsTwofold
                ? "Authorization: Bearer came with another token than access_token"
                : "neither access_token, Authorization: Bearer, session_key nor client_id was sent"),
        new(E.AccessTokenInvalid,         HasToken, why: x => $"the credential is {x.Caller.Credential.Status}"),
        new(E.ApplicationUnknown,         x => x.App is not null),
        new(E.AccessTokenExpired,         x => x.Caller.Credential.Status is not CredentialStatus.Expired,
            why: x => $"expired at {x.Credential!.ExpiresAt:O}"),
        new(E.CallsThrottled,             x => IsWithinLimits(method, x)),
        new(E.UserDataForbidden,          x => IsEntitled(method, x),
            why: x => $"the method is for {method.Audience}, with the scope '{method.Scope}'"),
        // a signature has no separators: with a name of its choice somebody could cut a value in two
        new(E.ParameterMalformed,         x => !IsSigned(method, x) || x.Call.Parameters.Items.All(item => method.Knows(item.Key)),
            why: x => "a signed call has parameters that the method does not know: "
                + string.Join(", ", x.Call.Parameters.Items.Select(item => item.Key).Where(name => !method.Knows(name)))),
        new(E.ParameterMalformed,         x => AnswerFormat.IsKnown(x["format"]) && AnswerFormat.IsCallback(x["callback"])),
    ];

    /// <summary>The old dispatcher and the public paths begin with a key; elsewhere its absence is an absence of everything.</summary>
    private static bool HasKnownApp(ApiRequest x) => x.Caller.Mode switch
    {
        _ when x.App is { } app => app.IsEnabled,
        ApiMode.App => false,
        ApiMode.Nobody => !(x.IsNumbered || x.Call.Path.StartsWith(MethodTable.Public, StringComparison.Ordinal)),
        _ => !x.IsNumbered, // 110 says more of a token that is none, and 900 of one whose app is gone
    };

    internal static bool IsSigned(ApiMethod method, ApiRequest x) => !x.Caller.IsAuthenticated && x.Caller.Mode switch
    {
        ApiMode.Session => true,
        ApiMode.App => x.IsNumbered || method.Audience is not Audience.Anyone || x["sign"] is not "" || x["timestamp"] is not "",
        _ => false,
    };

    private static bool HasToken(ApiRequest x) => x.Caller.Mode switch
    {
        ApiMode.Token or ApiMode.Session =>
            x.Caller.Credential.Status is CredentialStatus.Valid or CredentialStatus.Expired && x.Credential!.AppId == x.AppId,
        _ => true,
    };

    /// <summary>An app's own quota stands in for that of the installation, and an app without limit has none here either.</summary>
    private bool IsWithinLimits(ApiMethod method, ApiRequest x)
    {
        var app = x.App!;
        if (x.Caller.Mode is ApiMode.App && !IsSigned(method, x) && !x.Caller.IsAuthenticated)
            // anybody may name the app, and must not use up what is its own
            return quotas.TryTake(x.Call.Peer, method.Target, _options.RatePerMethod);

        return quotas.TryTake(app, method.Target, app.QuotaPerMinute ?? _options.RatePerMethod, TimeSpan.FromMinutes(1))
            && quotas.TryTake(app, method.Target + " a day", _options.DailyCapPerMethod, TimeSpan.FromDays(1));
    }

    private static bool IsEntitled(ApiMethod method, ApiRequest x) => method.Audience switch
    {
        Audience.Users => x.UserId is not null && Covers(method, x) && MayWrite(method, x),
        Audience.Apps => x.UserId is null || (Covers(method, x) && MayWrite(method, x)),
        Audience.AppAlone => x.UserId is null,
        _ => true,
    };

    /// <summary>A token that no secret was shown for may be in its person's own hands, and what is stored is the app's.</summary>
    private static bool MayWrite(ApiMethod method, ApiRequest x) => !method.Writes || x.Credential!.SecretWasShown
        || x.App!.WritesWithoutSecret;

    private static bool Covers(ApiMethod method, ApiRequest x) => method.Scope is null || x.Credential!.Covers(method.Scope);
}
