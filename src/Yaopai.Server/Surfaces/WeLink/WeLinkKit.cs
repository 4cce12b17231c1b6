using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>What every call with a token works with.</summary>
internal sealed record WeLinkKit(
    CredentialReader Reader, WeLinkProfile Profile, TenantDirectory Tenants, IMemberStore Members, Quotas Quotas)
{
    /// <summary>The header that carries a token: bare, without a scheme.</summary>
    private const string Header = "x-wlk-Authorization";

    /// <summary>Reads a call as far as its rules need it: what it sends, and its token.</summary>
    public async ValueTask<Incoming> ReadAsync(Call call, Module module, string target, ParameterSource source)
    {
        var trouble = await call.ReadAsync(source);
        var token = await BearerToken.ReadAsync(call, Reader, Profile, TokenIn(call.Http.Request));
        return new Incoming(call, this, module, target, token, trouble);
    }

    /// <summary>Clients exist that put a scheme before it; of two headers neither counts.</summary>
    private static string TokenIn(HttpRequest request) =>
        request.Headers[Header] is [{ } header] ? BearerToken.Behind(header) ?? header.Trim() : "";
}

/// <summary>A call with a token as it came in, before any rule.</summary>
/// <param name="Trouble">What is wrong with its query or body; null for nothing.</param>
internal sealed record Incoming(Call Call, WeLinkKit Kit, Module Module, string Target, BearerToken Token, Failure? Trouble);

/// <summary>A call with a token, and what its rules have loaded for it so far.</summary>
internal class WeLinkRequest(Incoming incoming)
{
    private static readonly string[] s_tenantNames = ["tenantId", "tenant_id"];

    public Call Call => incoming.Call;

    /// <summary>The JSON object that was sent; an empty one where there is none.</summary>
    public JsonBody Body => incoming.Call.Body;

    /// <summary>A text or number of the body, or of the query; empty where there is none.</summary>
    public virtual string this[string name] => Body.Has(name) ? Body.Scalar(name) : Call.Parameters[name];

    public BearerToken Token => incoming.Token;

    public Credential Granted => Token.Credential!;

    public App App => Token.App;

    /// <summary>The organisation whose data the call is about: the token's.</summary>
    public Tenant Tenant { get; private set; } = null!;

    public long TenantId => Granted.TenantId;

    /// <summary>The open member who signed in to the app; null where the token is of the app alone.</summary>
    public Member User { get; private set; } = null!;

    public DateTimeOffset Now => Call.NowFor(Granted.AppId);

    public bool IsReadable => incoming.Trouble is null;

    public bool IsOfEnabledApp => Call.App is { IsEnabled: true };

    public bool IsOfAllowedAddress => App.Allows(Call.Peer);

    public bool IsGranted => incoming.Module.Scope is not { } scope || Granted.Covers(scope);

    /// <summary>An organisation that the call names is the token's.</summary>
    public bool NamesNoOtherTenant =>
        s_tenantNames.All(name => IsScalar(name) && (this[name] is "" || TenantIds.Parse(this[name]) == TenantId));

    protected WeLinkKit Kit => incoming.Kit;

    /// <summary>False where a list or an object stands in the place of a text.</summary>
    public bool IsScalar(string name) => Body.IsScalar(name);

    /// <summary>False where the organisation is gone or closed, or has the app no longer.</summary>
    public async ValueTask<bool> LoadTenantAsync() =>
        (Tenant = (await Kit.Tenants.FindAsync(TenantId, Call.Ct))!) is { IsEnabled: true }
        && await Kit.Tenants.FindSubscriptionAsync(TenantId, Granted.AppId, Call.Ct) is not null;

    /// <summary>False for somebody who is no member of the organisation any more.</summary>
    public async ValueTask<bool> LoadUserAsync() =>
        Token.IsOfApp
        || ((User = (await Kit.Members.FindByAccountAsync(Granted.AccountId, Call.Ct))!) is not null && User.TenantId == TenantId);

    /// <summary>The organisation may use the platform by now, and still.</summary>
    public bool IsLicensed => !(Tenant.LicensedFrom > Now) && !(Tenant.LicensedUntil <= Now);

    public bool TryTakeQuota() => Kit.Quotas.TryTake(App, incoming.Target);

    public Reason WhyNotOfAllowedAddress() => Admission.NotOn(App.Allowlist, Call.Peer);
}
