using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/users/isAppUser — whether a person uses an app: has allowed it something, and not taken it back.</summary>
internal sealed record IsAppUser(ApiAdmission Admission, AppDirectory Apps, IConsentStore Consents) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.UserDataForbidden,  x => x.ConcernsCallerOnly),
        new(E.ParameterMalformed, x => x.SubjectId is not null && (x["appid"] is "" || ApiRequest.Number(x["appid"]) is not null)),
        // another developer's app is as unknown as one that is not there: what people do with it is theirs to say
        new(E.ApplicationUnknown, x => x.LoadTargetAsync()),
    ];

    public IOperation Define() => Admission.Operation(
        new ApiMethod("IsAppUser", Audience.Apps) { Parameters = ["uid", "appid"] }, Rules,
        (call, caller) => new Request(call, caller, this), x => x.AnswerAsync());

    internal sealed class Request(Call call, ApiCaller caller, IsAppUser operation) : ApiRequest(call, caller)
    {
        public App Target { get; private set; } = null!;

        public async ValueTask<bool> LoadTargetAsync()
        {
            Target = (this["appid"] is { Length: > 0 } named ? await operation.Apps.FindAsync(Number(named)!.Value, Call.Ct) : App)!;
            return Target is not null && Target.DeveloperId == App!.DeveloperId;
        }

        public async ValueTask<Answer> AnswerAsync() =>
            OpenApiDialect.Result(await operation.Consents.FindAsync(SubjectId!.Value, Target.Id, Call.Ct) is not null);
    }
}
