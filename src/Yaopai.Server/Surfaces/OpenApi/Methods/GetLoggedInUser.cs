using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/users/getLoggedInUser — whose token this is.</summary>
internal sealed record GetLoggedInUser(ApiAdmission Admission, AccountDirectory Accounts, PersonNames People)
    : IOperationDefinition
{
    public IOperation Define() => Admission.Operation(
        new ApiMethod("GetLoggedInUser", Audience.Users, Scope: "basic") { Parameters = ["get_unionid"], Gives = Given.Subject }, [],
        (call, caller) => new Request(call, caller),
        async x => Answer(x, await x.UserAsync(Accounts)));

    internal sealed class Request(Call call, ApiCaller caller) : ApiRequest(call, caller);

    private Answer Answer(Request x, Account account) => OpenApiDialect.Ok((x, account, People), static (json, it) =>
    {
        var app = it.x.App!;
        if (!app.KnowsPeopleByOpenId)
            json.WriteString("uid", it.account.Id.ToString());
        if (app.KnowsPeopleByOpenId || it.x.WantsUnionId)
        {
            json.WriteString("openid", it.People.Identifiers.OpenId(app.Id, it.account.Id));
            json.WriteString("unionid", it.People.Identifiers.UnionId(app.DeveloperId, it.account.Id));
        }

        json.WriteString("uname", it.account.Name);
        json.WriteString("portrait", it.People.Portraits.Of(app.Id, it.account.Id));
    });
}
