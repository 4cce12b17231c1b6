using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/users/getLoggedInUser — whose token this is.</summary>
internal sealed record GetLoggedInUser(ApiAdmission Admission, AccountDirectory Accounts) : IOperationDefinition
{
    public IOperation Define() => Admission.Operation(
        new ApiMethod("GetLoggedInUser", Audience.Users, Scope: "basic"), [], (call, caller) => new Request(call, caller),
        async x => Answer(await x.UserAsync(Accounts)));

    internal sealed class Request(Call call, ApiCaller caller) : ApiRequest(call, caller);

    private static Answer Answer(Account account) => OpenApiDialect.Ok(account, static (json, it) =>
    {
        json.WriteString("uid", it.Id.ToString());
        json.WriteString("uname", it.Name);
        json.WriteString("portrait", it.AvatarUrl ?? "");
    });
}
