using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Marketplace;
using Yaopai.Server.Organisations;
using E = Yaopai.Errors.WeLinkErrors.Marketplace;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Marketplace;

/// <summary>GET /api/market/v1/callback/{client_id} — where the marketplace says what customers bought of an app.</summary>
/// <remarks>
/// It repeats what it hears no good answer to, so everything here may come more than once: an order makes or renews one instance, and
/// what is expired or released stays so. It is answered in its own codes, and the answer is signed as the call is.
/// </remarks>
internal sealed record MarketCallback(MarketKeys Keys, IPurchaseStore Purchases, TenantDirectory Tenants, Quotas Quotas)
    : IOperationDefinition
{
    public const string Path = "/api/market/v1/callback/", Target = "welink.marketCallback";

    /// <summary>Whoever calls has to be the marketplace before it hears anything else.</summary>
    internal static readonly Rule<MarketCall>[] Proof =
    [
        new(E.ParameterMissing,   x => x.IsReadable,     why: x => x.Call.WhyUnreadable()),
        new(G.AccessUnauthorized, x => x.LoadKeyAsync(), why: x => $"'{x.Call.LastSegment}' is no app that has a key of the marketplace"),
        new(G.AccessUnauthorized, x => x.IsSigned,       why: _ => "authToken is not made with the app's key over these parameters"),
        new(G.AccessUnauthorized, x => x.IsOfNow,        why: x => $"the call is of '{x["timeStamp"]}'; it is {x.Call.Now:O}"),
        new(G.AccessForbidden,    x => x.App.IsEnabled,  why: x => $"app {x.AppId} is disabled"),
        new(G.AccessForbidden,    x => x.App.Allows(x.Call.Peer), why: x => $"the app's allowlist has no {x.Call.Peer}"),
        new(G.CallsThrottled,     x => x.TryTakeQuota(), why: x => $"app {x.AppId} is called too often"),
    ];

    internal static readonly Rule<MarketCall>[] Unknown =
    [
        .. Proof,
        new(E.ParameterMissing, _ => false, why: x => $"activity is '{x["activity"]}'"),
    ];

    internal static readonly Rule<MarketCall>[] New =
    [
        .. Proof,
        new(E.ParameterMissing, x => x.IsId("orderId"),        why: _ => "orderId is missing or too long"),
        new(E.ParameterMissing, x => x.IsId("customerId"),     why: _ => "customerId is missing or too long"),
        new(E.ParameterMissing, x => x.IsId("productId"),      why: _ => "productId is missing or too long"),
        new(E.ParameterMissing, x => x.IsShort("skuCode"),     why: _ => "skuCode is too long"),
        new(E.ParameterMissing, x => x.ReadExpiry(),           why: x => $"expireTime is '{x["expireTime"]}'"),
        new(E.ParameterMissing, x => x.ReadBuyer(),            why: _ => "saasExtendParams names no tenantId"),
        new(E.ParameterMissing, x => x.BuyerIsKnownAsync(),    why: _ => "there is no such tenant"),
        new(E.ParameterMissing, x => x.BuyAsync(),
            why: x => $"order {x["orderId"]} was for something else, or customer {x["customerId"]} is another tenant"),
    ];

    internal static readonly Rule<MarketCall>[] Refresh =
    [
        .. Proof,
        new(E.ParameterMissing, x => x.IsId("instanceId"),     why: _ => "instanceId is missing or too long"),
        new(E.ParameterMissing, x => x.IsId("orderId"),        why: _ => "orderId is missing or too long"),
        new(E.ParameterMissing, x => x.IsShort("productId"),   why: _ => "productId is too long"),
        new(E.ParameterMissing, x => x["expireTime"] is not "", why: _ => "expireTime is missing"),
        new(E.ParameterMissing, x => x.ReadExpiry(),           why: x => $"expireTime is '{x["expireTime"]}'"),
        new(E.InstanceUnknown,  x => x.RenewAsync(),
            why: x => $"there is no instance '{x["instanceId"]}', or the order was for another"),
    ];

    internal static readonly Rule<MarketCall>[] Expire = Ending(PurchaseState.Expired);

    internal static readonly Rule<MarketCall>[] Release = Ending(PurchaseState.Released);

    private static readonly ErrorDefinition[] s_rows =
        [E.ParameterMissing, E.InstanceUnknown, G.AccessUnauthorized, G.AccessForbidden, G.AddressUnknown, G.CallsThrottled, G.Internal];

    public IOperation Define() => new Operation<MarketCall>("welink", "MarketCallback", s_rows)
    {
        Methods = ["GET"],
        Source = ParameterSource.None, // read below: the marketplace is answered in its own codes
        AdmitsByRules = true,
        Read = async call => new MarketCall(call, this, await call.ReadAsync(ParameterSource.Query)),
        Client = x => x.AppId,
        Rules = RuleLists.Alternatives(
            x => x["activity"],
            Alternative<MarketCall>.Of("", x => x, Unknown, Done, Refuse),
            Alternative<MarketCall>.Of("newInstance", x => x, New, Done, Refuse),
            Alternative<MarketCall>.Of("refreshInstance", x => x, Refresh, Done, Refuse),
            Alternative<MarketCall>.Of("expireInstance", x => x, Expire, Done, Refuse),
            Alternative<MarketCall>.Of("releaseInstance", x => x, Release, Done, Refuse)),
        Failures = WeLinkFailures.With(s_rows, E.ParameterMissing, G.Internal),
    };

    private static Rule<MarketCall>[] Ending(PurchaseState state) =>
    [
        .. Proof,
        new(E.ParameterMissing, x => x.IsId("instanceId"), why: _ => "instanceId is missing or too long"),
        new(E.InstanceUnknown,  x => x.EndAsync(state),    why: x => $"there is no instance '{x["instanceId"]}'"),
    ];

    private static ValueTask<Answer> Done(MarketCall call) => ValueTask.FromResult(call.Answer("000000", "success."));

    private static Answer Refuse(MarketCall call, Refusal refusal) => refusal.Error switch
    {
        _ when refusal.Error == G.AccessForbidden || refusal.Error == G.CallsThrottled => Answer.Refusal(refusal),
        _ when refusal.Error == G.AccessUnauthorized => call.Answer("000001", "authentication failed.") with { Why = refusal.Why },
        _ when refusal.Error == E.InstanceUnknown => call.Answer("000003", "the instance does not exist.") with { Why = refusal.Why },
        _ => call.Answer("000002", "a parameter is missing or malformed.") with { Why = refusal.Why },
    };
}
