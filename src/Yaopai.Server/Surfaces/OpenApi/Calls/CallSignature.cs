using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Signing;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>The signature of a call: that it is of this moment, right, and seen for the first time.</summary>
internal sealed class CallSignature(
    SigningSecrets appSecrets, SessionSecrets sessionSecrets, SignedCalls calls, ICallIdStore callIds, IOptions<OpenApiOptions> options)
{
    private readonly TimeSpan _window = options.Value.TimestampWindow;

    public static string NameOf(ApiRequest x) => x.IsNumbered ? "bd_sig" : "sign";

    public bool IsDated(ApiRequest x)
    {
        if (x.IsNumbered)
            return Timestamps.Number(x["call_id"]) is not null;

        return x.Instants.Any(instant => (instant - NowFor(x)).Duration() <= _window);
    }

    /// <summary>Holds for an unknown session; rule AccessTokenInvalid answers that.</summary>
    public async ValueTask<bool> HoldsAsync(ApiRequest x)
    {
        if (x.Caller.Mode is ApiMode.Session && x.Credential is null)
            return true;

        var method = Signature.MethodOf(x["sign_method"])!.Value;
        var name = NameOf(x);
        var holds = false;
        x.TriedSecrets = await SecretsAsync(x);
        foreach (var secret in x.TriedSecrets)
            holds |= Signature.Scheme.Holds(method, x.Call.Parameters.Items, name, x[name], secret);

        return holds;
    }

    /// <summary>Claims the call, on every node: only once its signature was found right, so that nobody else can use it up.</summary>
    public async ValueTask<bool> IsFirstAsync(ApiRequest x)
    {
        if (x.AppId is not { } appId || (x.Caller.Mode is ApiMode.Session && x.Caller.Credential.Status is not CredentialStatus.Valid))
            return true; // nothing is going to be done, and nothing is kept for it

        if (!x.IsNumbered)
        {
            // A date that may stand for two instants is good for a while around each.
            var instants = x.Instants;
            var between = instants.Max() - instants.Min();
            return await calls.TryTakeAsync(
                new SignedCall(appId, "open call", instants[0], x["timestamp"], x["sign"], _window + between), x.Call.Ct);
        }

        // What an app numbers without a session is one sequence. As long as the session lives: later it is refused for that.
        var (session, end) = x.Credential is { } credential
            ? (credential.GrantId, credential.ExpiresAt)
            : (Guid.Empty, DateTimeOffset.MaxValue);
        return await callIds.TryAdvanceAsync(
            appId, session, Timestamps.Number(x["call_id"])!.Value, Latest(end, calls.KeepUntil(_window)), x.Call.Ct);
    }

    public Reason WhyNotDated(ApiRequest x)
    {
        if (x.IsNumbered)
            return new Reason($"call_id '{x["call_id"]}' is no number") { Actual = x["call_id"] };
        if (x.Instants is not [var instant, ..])
            return new Reason($"timestamp '{x["timestamp"]}' is neither Unix seconds nor yyyy-MM-dd HH:mm:ss") { Actual = x["timestamp"] };

        var (now, seconds) = (NowFor(x), _window.TotalSeconds);
        return new Reason($"timestamp is {instant:O}; it is {now:O} for the app, and {seconds:0} seconds either way are accepted")
        {
            Expected = $"{now:O} ± {seconds:0} s",
            Actual = $"{instant:O}",
        };
    }

    /// <summary>What the server signed, so that the caller's own base string can be held against it.</summary>
    public static Reason WhyIncorrect(ApiRequest x)
    {
        var method = Signature.MethodOf(x["sign_method"])!.Value;
        var parameters = x.Call.Parameters.Items;
        var name = NameOf(x);
        var (expected, actual) = Signature.Scheme.Explain(
            method, parameters, [.. Signature.Masked(parameters)], name, x[name], x.TriedSecrets);
        return new Reason($"{Signature.Describe(method)}; base string: {expected}")
        {
            BaseString = expected,
            Expected = expected,
            Actual = actual,
        };
    }

    private static DateTimeOffset NowFor(ApiRequest x) => x.AppId is { } appId ? x.Call.NowFor(appId) : x.Call.Now;

    private async ValueTask<IReadOnlyList<string>> SecretsAsync(ApiRequest x) =>
        x.Caller.Mode is ApiMode.Session && (!x.IsNumbered || x["ss"] is "1")
            ? [sessionSecrets.Of(x["session_key"])]
            : await appSecrets.OpenAsync(x.App!, x.Call.Ct);

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
