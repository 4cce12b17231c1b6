using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/users/isAppUser — whether a person uses an app: has allowed it something, and not taken it back.</summary>
internal static class IsAppUser
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.UserDataForbidden,  x => x.ConcernsCallerOnly),
        new(E.ParameterMalformed, x => x.SubjectId is not null && (x["appid"] is "" || ApiRequest.Number(x["appid"]) is not null)),
        new(E.ApplicationUnknown, x => x.LoadTargetAsync()),
        new(E.UserDataForbidden,  x => x.UserId is not null || x.Target.DeveloperId == x.App!.DeveloperId), // what people do with others' apps is theirs to say
    ];

    public static Operation<Request> Operation(Services services) => new ApiMethod("IsAppUser", Audience.Apps).Operation(
        services.Api, Rules, (call, caller) => new Request(call, caller, services), x => x.AnswerAsync());

    internal sealed record Services(ApiServices Api, AppDirectory Apps, IConsentStore Consents);

    internal sealed class Request(Call call, ApiCaller caller, Services services) : ApiRequest(call, caller)
    {
        public App Target { get; private set; } = null!;

        public async ValueTask<bool> LoadTargetAsync()
        {
            Target = (this["appid"] is { Length: > 0 } named ? await services.Apps.FindAsync(Number(named)!.Value, Call.Ct) : App)!;
            return Target is not null;
        }

        public async ValueTask<Answer> AnswerAsync() =>
            OpenApiDialect.Result(await services.Consents.FindAsync(SubjectId!.Value, Target.Id, Call.Ct) is not null);
    }
}
