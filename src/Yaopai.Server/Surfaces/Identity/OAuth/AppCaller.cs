using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Surfaces.Identity.OAuth;

/// <summary>What a call shows of who makes it.</summary>
internal enum CallerProof
{
    None,

    /// <summary>A token that the app gave to a person, or keeps for them.</summary>
    OfPerson,

    /// <summary>What only the app has: its secret, a signature, a token of its own.</summary>
    OfApp,
}

/// <summary>What is asked of every app that calls.</summary>
internal sealed class CallerKit(
    Quotas quotas, AppDirectory apps, IOptions<IdentityOptions> options, IOptions<QuotaOptions> limits, IOptions<GatewayOptions> gateway)
{
    public bool IsSecure(Call call) => call.Http.Request.IsHttps || !(call.App?.RequiresHttps ?? gateway.Value.RequireHttps ?? true);

    /// <summary>Takes a call of the app's quota where the app itself calls: nobody else can freeze it. Who has a token of a person
    /// takes of as many, of their address at the app; any other caller of those of the address.</summary>
    public async ValueTask<bool> TryTakeAsync(Call call, string target, CallerProof proof)
    {
        var app = call.App!;
        var now = call.NowFor(app.Id);
        if (now < app.FrozenUntil)
            return false;

        if (proof is CallerProof.None)
            return quotas.TryTake(call.Peer, target, limits.Value.AddressPerMinute);

        if (proof is CallerProof.OfPerson)
            return quotas.TryTake(app, call.Peer, target);

        if (quotas.TryTake(app, target))
            return true;

        if (options.Value.FreezePeriod > TimeSpan.Zero)
            await TryFreezeAsync(app, now + options.Value.FreezePeriod, call.Ct);
        return false;
    }

    /// <summary>Where it cannot be stored the app is refused all the same, for as long as its minute lasts.</summary>
    private async ValueTask TryFreezeAsync(App app, DateTimeOffset until, CancellationToken ct)
    {
        try
        {
            await apps.FreezeAsync(app.Id, until, ct);
        }
        catch (StorageException)
        {
        }
    }
}

/// <summary>An app's server that calls, under either of the names that clients know for its parameters.</summary>
internal sealed class AppCaller(Call call, CallerKit kit, string target)
{
    public string AppId => IdOf(call);

    /// <summary>The caller has the names of RFC 6749 for what it sends: then it is told in the same.</summary>
    public bool SpeaksOAuth => call.Parameters["appid"] is "" && call.Parameters["client_id"] is not "";

    public string Secret => call.Parameters["secret"] is { Length: > 0 } secret ? secret : call.Parameters["client_secret"];

    public bool IsSecure => kit.IsSecure(call);

    public bool IsOfAllowedAddress => call.App!.Allows(call.Peer);

    public static string IdOf(Call call) => call.Parameters["appid"] is { Length: > 0 } id ? id : call.Parameters["client_id"];

    public ValueTask<bool> TryTakeAsync(CallerProof proof) => kit.TryTakeAsync(call, target, proof);

    public Reason WhyAddressIsForbidden() => Admission.NotOn(call.App!.Allowlist, call.Peer);

    public string WhyThrottled() => call.App!.FrozenUntil is { } until && call.NowFor(call.App.Id) < until
        ? $"app {call.App.Id} is frozen until {until:O}"
        : $"the quota for {target} is spent for this minute";
}
