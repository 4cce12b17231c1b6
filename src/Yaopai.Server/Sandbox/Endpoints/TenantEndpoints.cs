using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox.Seeds;

namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>Organisations with their departments and people; an address names them by domain or by id.</summary>
internal sealed class TenantEndpoints(TenantSeeds tenants) : ISandboxEndpoints
{
    private const string Path = "/sandbox/tenants", One = Path + "/{tenant}";

    public void Map(SandboxRoutes routes)
    {
        routes.Post<TenantSeed>(Path, async (http, seed) =>
            await ShowAsync(await tenants.AddAsync(seed, http.RequestAborted), http.RequestAborted) with
            {
                Status = StatusCodes.Status201Created,
            });
        routes.Get(One, http => WithAsync(http, tenant => ShowAsync((tenant, null), http.RequestAborted)));
        routes.Put<TenantSeed>(One, (http, seed) => WithAsync(http, async tenant =>
            await ShowAsync(await tenants.ChangeAsync(tenant, seed, http.RequestAborted), http.RequestAborted)));
        routes.Delete(One, http => WithAsync(http, async tenant =>
        {
            await tenants.RemoveAsync(tenant, http.RequestAborted);
            return SandboxAnswer.Done;
        }));
        routes.Delete(One + "/members/{user_id}", http => WithAsync(http, async tenant =>
            await tenants.RemoveMemberAsync(tenant, (string)http.Request.RouteValues["user_id"]!, http.RequestAborted) is { } problem
                ? problem
                : SandboxAnswer.Done));
        routes.Delete(One + "/departments/{code}", http => WithAsync(http, async tenant =>
            await tenants.RemoveDepartmentAsync(tenant, (string)http.Request.RouteValues["code"]!, http.RequestAborted) is { } problem
                ? problem
                : SandboxAnswer.Done));
    }

    private async Task<SandboxAnswer> ShowAsync((Tenant? Tenant, Problem? Problem) outcome, CancellationToken ct)
    {
        if (outcome.Problem is { } problem)
            return problem;

        return SandboxAnswer.Of(await tenants.DescribeAsync(outcome.Tenant!, ct));
    }

    private async Task<SandboxAnswer> WithAsync(HttpContext http, Func<Tenant, Task<SandboxAnswer>> answer) =>
        await tenants.FindAsync((string)http.Request.RouteValues["tenant"]!, http.RequestAborted) is { } tenant
            ? await answer(tenant)
            : Problem.NotFound("There is no organisation of that domain or id. POST /sandbox/tenants makes one.");
}
