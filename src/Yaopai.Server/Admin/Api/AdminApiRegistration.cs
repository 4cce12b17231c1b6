namespace Yaopai.Server.Admin.Api;

internal static class AdminApiRegistration
{
    public static IServiceCollection AddAdminApi(this IServiceCollection services) => services
        .AddSingleton<IAdminResource, AppResource>()
        .AddSingleton<IAdminResource, EventResource>()
        .AddSingleton<IAdminResource, DeveloperResource>()
        .AddSingleton<IAdminResource, GroupResource>()
        .AddSingleton<IAdminResource, UserResource>()
        .AddSingleton<IAdminResource, OrganisationResource>()
        .AddSingleton<IAdminResource, RequestResource>()
        .AddSingleton<IAdminResource, KeyResource>()
        .AddSingleton<IAdminResource, AdminKeyResource>()
        .AddSingleton<IAdminResource, AuditResource>()
        .AddSingleton<AdminRoutes>()
        .AddSingleton<AdminFailures>()
        .AddSingleton<Repeats>()
        .AddSingleton<OpenApiDocument>()
        .AddSingleton<AdminApi>();

    /// <summary>One endpoint for all: nothing else of it is made before somebody calls.</summary>
    public static void MapAdminApi(this IEndpointRouteBuilder routes) => routes.Map(
        "/admin/{**path}", static (HttpContext http) => http.RequestServices.GetRequiredService<AdminApi>().HandleAsync(http));
}
