using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Exchange = Yaopai.Server.Surfaces.OpenApi.HasAppPermission.Exchange;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/users/hasAppPermissions — which of these a person allowed the app.</summary>
internal static class HasAppPermissions
{
    private const string Parameter = "ext_perms";

    internal static readonly Rule<Exchange>[] Rules = HasAppPermission.For(Parameter);

    public static Operation<Exchange> Operation(HasAppPermission.Services services) => new ApiMethod("HasAppPermissions", Audience.Apps).Operation(
        services.Api, Rules, (call, caller) => new Exchange(call, caller, services), AnswerAsync);

    private static async ValueTask<Answer> AnswerAsync(Exchange x) =>
        OpenApiDialect.Ok((Asked: x.Permissions(Parameter)!, Granted: await x.GrantedAsync()), static (json, it) =>
        {
            foreach (var permission in it.Asked)
                json.WriteString(permission, it.Granted.Contains(permission) ? "1" : "0");
        });
}
