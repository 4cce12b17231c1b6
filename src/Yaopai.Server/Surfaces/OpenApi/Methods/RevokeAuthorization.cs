using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/auth/revokeAuthorization — takes back all that a person allowed the app, with every token.</summary>
internal sealed record RevokeAuthorization(ApiAdmission Admission, Withdrawal Withdrawal) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.UserDataForbidden,  x => x.ConcernsCallerOnly),
        new(E.ParameterMalformed, x => x.SubjectId is not null),
    ];

    public IOperation Define() => Admission.Operation(
        new ApiMethod("RevokeAuthorization", Audience.Apps) { Parameters = ["uid"] }, Rules,
        (call, caller) => new Request(call, caller), async x =>
            OpenApiDialect.Result(await Withdrawal.TryWithdrawAsync(x.SubjectId!.Value, x.AppId!.Value, x.Call.Ct)));

    internal sealed class Request(Call call, ApiCaller caller) : ApiRequest(call, caller);
}
