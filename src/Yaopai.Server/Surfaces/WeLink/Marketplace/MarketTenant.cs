using System.Globalization;
using Yaopai.Server.Gateway;
using Yaopai.Server.Marketplace;
using E = Yaopai.Errors.WeLinkErrors.Marketplace;

namespace Yaopai.Server.Surfaces.WeLink.Marketplace;

/// <summary>GET /api/tenant/v1/market/tenant — tells an administrator's app which organisation bought an instance of it.</summary>
/// <remarks>An instance that another organisation bought is one that nobody has.</remarks>
internal sealed record MarketTenant(WeLinkKit Kit, IPurchaseStore Purchases, ICustomerStore Customers) : IOperationDefinition
{
    private const int LongestId = 64;

    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterMissing,       x => x["instanceId"] is not "",   why: _ => "instanceId is missing"),
        new(E.CurrentUserUnavailable, x => x.Token.IsOfUser,            why: _ => "the token is of an app alone"),
        new(E.UserNotAdministrator,   x => x.User.IsAdmin,              why: x => $"{x.User.UserId} is no administrator"),
        new(E.InstanceUnknown,        x => x.LoadPurchaseAsync(),       why: x => $"app {x.App.Id} has no instance '{x["instanceId"]}'"),
        new(E.TenantUnbound,          x => x.LoadBuyerAsync(),          why: x => $"customer {x.Purchase.CustomerId} is no tenant"),
        new(E.InstanceUnknown,        x => x.BuyerId == x.TenantId,     why: _ => "another organisation bought it"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit, Modules.Marketplace, "MarketTenant", "GET", ParameterSource.QueryOrJson, incoming => new Request(incoming, this), Rules,
        x => ValueTask.FromResult(x.Answer()));

    internal sealed class Request(Incoming incoming, MarketTenant operation) : WeLinkRequest(incoming)
    {
        public Purchase Purchase { get; private set; } = null!;

        public long? BuyerId { get; private set; }

        public async ValueTask<bool> LoadPurchaseAsync() => this["instanceId"].Length <= LongestId
            && (Purchase = (await operation.Purchases.FindAsync(App.Id, this["instanceId"], Call.Ct))!) is not null
                and not { State: PurchaseState.Released };

        public async ValueTask<bool> LoadBuyerAsync() =>
            (BuyerId = await operation.Customers.FindTenantAsync(App.Id, Purchase.CustomerId, Call.Ct)) is not null;

        public Answer Answer() => WeLinkDialect.Ok(this, static (json, x) =>
        {
            json.WriteString("tenantId", TenantIds.Write(x.TenantId));
            json.WriteString("instanceId", x.Purchase.InstanceId);
            json.WriteString("customerId", x.Purchase.CustomerId);
            json.WriteString("orderId", x.Purchase.OrderId);
            json.WriteString("productId", x.Purchase.ProductId);
            json.WriteString("skuCode", x.Purchase.Plan);
            json.WriteString("status", x.Purchase.State is PurchaseState.Active ? "active" : "expired");
            json.WriteString("expireTime", x.Purchase.ExpiresAt is { } end
                ? end.UtcDateTime.ToString(MarketCall.Seconds, CultureInfo.InvariantCulture)
                : "");
        });
    }
}
