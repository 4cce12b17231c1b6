using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>GET /api/tenant/v1/tenants — tells of the organisation that the token is for.</summary>
internal sealed record GetTenant(WeLinkKit Kit) : IOperationDefinition
{
    public IOperation Define() => WeLinkRules.Operation<WeLinkRequest>(
        Kit, Modules.Auth, "GetTenant", "GET", ParameterSource.Query, incoming => new WeLinkRequest(incoming), [],
        x => ValueTask.FromResult(WeLinkDialect.Ok(x.Tenant, static (json, tenant) =>
        {
            json.WriteStartObject("data");
            json.WriteString("tenantId", TenantIds.Write(tenant.Id));
            json.WriteString("companyNameCn", tenant.Name);
            json.WriteString("companyNameEn", tenant.NameEn);
            json.WriteString("companyContactName", tenant.ContactName);
            json.WriteString("registeredNumbers", $"{tenant.Registered}");
            json.WriteString("tenantType", $"{tenant.Type}");
            json.WriteString("companyDomainName", tenant.Domain);
            json.WriteString("companyScale", tenant.Scale);
            json.WriteString("licenseStartTime", Times.Write(tenant.LicensedFrom));
            json.WriteString("licenseEndTime", Times.Write(tenant.LicensedUntil));
            json.WriteString("creationTime", Times.Write(tenant.CreatedAt));
            json.WriteString("lastUpdatedTime", Times.Write(tenant.ChangedAt));
            json.WriteEndObject();
        })));
}
