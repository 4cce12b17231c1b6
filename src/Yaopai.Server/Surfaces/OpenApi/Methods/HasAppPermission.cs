using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/users/hasAppPermission — whether a person allowed the app this.</summary>
internal static class HasAppPermission
{
    public const string Parameter = "ext_perm";

    internal static readonly Rule<Request>[] Rules = For(Parameter);

    /// <summary>For one permission, and for a list of them.</summary>
    internal static Rule<Request>[] For(string parameter) =>
    [
        new(E.UserDataForbidden,  x => x.ConcernsCallerOnly),
        new(E.ParameterMalformed, x => x.SubjectId is not null && x.Permissions(parameter) is not null),
        new(E.PermissionUnknown,  x => x.Permissions(parameter)!.All(name => OpenScopes.Find(name) is not null)),
    ];

    public static Operation<Request> Operation(Services services) => new ApiMethod("HasAppPermission", Audience.Apps).Operation(
        services.Api, Rules, (call, caller) => new Request(call, caller, services), x => x.AnswerAsync());

    internal sealed record Services(ApiServices Api, IConsentStore Consents);

    internal sealed class Request(Call call, ApiCaller caller, Services services) : ApiRequest(call, caller)
    {
        /// <summary>Null where none is named.</summary>
        public string[]? Permissions(string parameter) =>
            parameter is not Parameter ? List(parameter)?.Distinct().ToArray() : this[parameter] is "" ? null : [this[parameter]];

        public async ValueTask<IReadOnlyList<string>> GrantedAsync() =>
            (await services.Consents.FindAsync(SubjectId!.Value, AppId!.Value, Call.Ct))?.Scopes ?? [];

        public async ValueTask<Answer> AnswerAsync() => OpenApiDialect.Result((await GrantedAsync()).Contains(this[Parameter]));
    }
}
