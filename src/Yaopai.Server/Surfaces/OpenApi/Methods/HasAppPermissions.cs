using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Request = Yaopai.Server.Surfaces.OpenApi.Methods.HasAppPermission.Request;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/users/hasAppPermissions — which of these a person allowed the app.</summary>
internal static class HasAppPermissions
{
    private const string Parameter = "ext_perms";

    internal static readonly Rule<Request>[] Rules = HasAppPermission.For(Parameter);

    public static Operation<Request> Operation(HasAppPermission.Services services) => new ApiMethod("HasAppPermissions", Audience.Apps).Operation(
        services.Api, Rules, (call, caller) => new Request(call, caller, services), AnswerAsync);

    private static async ValueTask<Answer> AnswerAsync(Request x) =>
        OpenApiDialect.Ok((Asked: x.Permissions(Parameter)!, Granted: await x.GrantedAsync()), static (json, it) =>
        {
            foreach (var permission in it.Asked)
                json.WriteString(permission, it.Granted.Contains(permission) ? "1" : "0");
        });
}
