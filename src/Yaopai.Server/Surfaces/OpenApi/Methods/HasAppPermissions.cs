using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Request = Yaopai.Server.Surfaces.OpenApi.Methods.HasAppPermission.Request;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/users/hasAppPermissions — which of these a person allowed the app.</summary>
internal sealed record HasAppPermissions(ApiAdmission Admission, IConsentStore Consents) : IOperationDefinition
{
    private const string Parameter = "ext_perms";

    internal static readonly Rule<Request>[] Rules = HasAppPermission.For(Parameter);

    public IOperation Define() => Admission.Operation(
        new ApiMethod("HasAppPermissions", Audience.Apps) { Parameters = ["uid", "ext_perms"] }, Rules,
        (call, caller) => new Request(call, caller, Consents), AnswerAsync);

    private static async ValueTask<Answer> AnswerAsync(Request x) =>
        OpenApiDialect.Ok((Asked: x.Permissions(Parameter)!, Granted: await x.GrantedAsync()), static (json, it) =>
        {
            foreach (var permission in it.Asked)
                json.WriteString(permission, it.Granted.Contains(permission) ? "1" : "0");
        });
}
