using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/auth/revokeExtendedPermission — takes back some of what a person allowed the app, and the tokens that were given for more than is left.</summary>
internal static class RevokeExtendedPermission
{
    private static readonly char[] s_between = ['.', ',']; // the first dispatcher's clients write dots, all others commas

    internal static readonly Rule<Request>[] Rules =
    [
        new(E.UserDataForbidden,  x => x.ConcernsCallerOnly),
        new(E.ParameterMalformed, x => x.SubjectId is not null && x.Permissions.All(name => name is not "")),
        new(E.PermissionUnknown,  x => x.Permissions.All(name => OpenScopes.Find(name) is not null)),
    ];

    public static Operation<Request> Operation(RevokeAuthorization.Services services) => new ApiMethod("RevokeExtendedPermission", Audience.Apps).Operation(
        services.Api, Rules, (call, caller) => new Request(call, caller), async x =>
            OpenApiDialect.Result(
                await services.Withdrawal.TryWithdrawAsync(x.SubjectId!.Value, x.AppId!.Value, x.Permissions, x.Call.Ct)));

    internal sealed class Request(Call call, ApiCaller caller) : ApiRequest(call, caller)
    {
        public string[] Permissions => this["perms"].Split(s_between, StringSplitOptions.TrimEntries);
    }
}
