using Microsoft.Extensions.Options;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth.Grants;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>What the endpoints for tokens work with.</summary>
internal sealed record TicketKit(
    GrantKit Grants, WeLinkProfile Profile, TenantDirectory Tenants, IMemberStore Members, Quotas Quotas, IOptions<QuotaOptions> Limits);

/// <summary>A request for a token, in JSON: numbers are read as well as texts.</summary>
internal class TicketRequest(Call call, TicketKit kit, Failure? trouble) : CodeGrant(call, kit.Grants, kit.Profile)
{
    private long? _tenantId;

    public override string this[string parameter] => Call.Body.Scalar(parameter);

    public override string Secret => this["client_secret"];

    public string ClientId => this["client_id"];

    public string TenantName => this["tenant_id"];

    public string HomeName => TenantIds.Write(Home.HomeTenantId);

    public bool IsReadable => trouble is null;

    /// <summary>Where the app is at home.</summary>
    public AppTenancy Home { get; private set; } = null!;

    /// <summary>A list or an object names some organisation, and it is not known which.</summary>
    public bool NamesHome => Call.Body.IsScalar("tenant_id")
        && (TenantName is "" || TenantIds.Parse(TenantName) == Home.HomeTenantId);

    /// <summary>Takes a call of the app's quota where the secret shows that it is the app that calls, else of the address's.</summary>
    public bool TryTakeQuota() => SecretMatches
        ? kit.Quotas.TryTake(App!, "welink.tickets")
        : kit.Quotas.TryTake(Call.Peer, "welink.tickets", kit.Limits.Value.AddressPerMinute);

    public async ValueTask<bool> LoadHomeAsync() => (Home = (await kit.Tenants.FindHomeAsync(App!.Id, Call.Ct))!) is not null;

    public async ValueTask<bool> LoadTenantAsync()
    {
        _tenantId = NamesHome ? Home.HomeTenantId : TenantIds.Parse(TenantName);
        return _tenantId is { } id
            && await kit.Tenants.FindAsync(id, Call.Ct) is { IsEnabled: true }
            && await kit.Tenants.FindSubscriptionAsync(id, App!.Id, Call.Ct) is not null;
    }

    public async ValueTask<bool> IsOfMemberAsync() => await CodeOwner.FindAsync(kit.Members, Code, Call.Ct) is not null;

    public Answer IssueToApp() => Answered(Kit.Issuer.AppTokens(
        Credentials, App!.Id, WeLinkProfile.OpenTo(App), IssuedOn(Call.ReceivedAt), _tenantId!.Value));

    /// <summary>For the person whose code it is.</summary>
    public Answer IssueToUser() => Answered(Issue());

    public override IssuedTokens Issue() => Kit.Issuer.Tokens(
        Credentials, Grant.Of(Code) with { Scopes = WeLinkProfile.OpenTo(App!, Code.Scopes) }, IssuedOn(Code.ValidSince),
        withRefreshToken: false, secretWasShown: true);

    private static Answer Answered(IssuedTokens tokens) => WeLinkDialect.Ok(tokens, static (json, it) =>
    {
        json.WriteString("access_token", it.AccessToken);
        json.WriteNumber("expires_in", (long)it.Lifetime.TotalSeconds);
    });
}
