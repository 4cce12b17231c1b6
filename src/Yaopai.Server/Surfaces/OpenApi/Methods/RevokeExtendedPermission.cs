using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/auth/revokeExtendedPermission — takes back some of what a person allowed the app,
/// and the tokens that were given for more than is left.</summary>
internal sealed record RevokeExtendedPermission(ApiAdmission Admission, Withdrawal Withdrawal) : IOperationDefinition
{
    private static readonly char[] s_between = ['.', ',']; // the first dispatcher's clients write dots, all others commas

    internal static readonly Rule<Request>[] Rules =
    [
        new(E.UserDataForbidden,  x => x.ConcernsCallerOnly),
        new(E.ParameterMalformed, x => x.SubjectId is not null && x.Permissions.All(name => name is not "")),
        new(E.PermissionUnknown,  x => x.Permissions.All(name => OpenApiProfile.IsScope(name))),
    ];

    public IOperation Define() => Admission.Operation(
        new ApiMethod("RevokeExtendedPermission", Audience.Apps) { Parameters = ["uid", "perms"] }, Rules,
        (call, caller) => new Request(call, caller), async x =>
            OpenApiDialect.Result(await Withdrawal.TryWithdrawAsync(x.SubjectId!.Value, x.AppId!.Value, x.Permissions, x.Call.Ct)));

    internal sealed class Request(Call call, ApiCaller caller) : ApiRequest(call, caller)
    {
        public string[] Permissions => this["perms"].Split(s_between, StringSplitOptions.TrimEntries);
    }
}
