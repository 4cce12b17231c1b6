using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/users/hasAppPermission — whether a person allowed the app this.</summary>
internal sealed record HasAppPermission(ApiAdmission Admission, IConsentStore Consents) : IOperationDefinition
{
    public const string Parameter = "ext_perm";

    internal static readonly Rule<Request>[] Rules = For(Parameter);

    /// <summary>For one permission, and for a list of them.</summary>
    internal static Rule<Request>[] For(string parameter) =>
    [
        new(E.UserDataForbidden,  x => x.ConcernsCallerOnly),
        new(E.ParameterMalformed, x => x.SubjectId is not null && x.Permissions(parameter) is not null),
        new(E.PermissionUnknown,  x => x.Permissions(parameter)!.All(name => OpenApiProfile.IsScope(name))),
    ];

    public IOperation Define() => Admission.Operation(
        new ApiMethod("HasAppPermission", Audience.Apps) { Parameters = ["uid", "ext_perm"] }, Rules,
        (call, caller) => new Request(call, caller, Consents),
        x => x.AnswerAsync());

    internal sealed class Request(Call call, ApiCaller caller, IConsentStore consents) : ApiRequest(call, caller)
    {
        /// <summary>Null where none is named.</summary>
        public string[]? Permissions(string parameter) =>
            parameter is not Parameter ? List(parameter)?.Distinct().ToArray() : this[parameter] is "" ? null : [this[parameter]];

        public async ValueTask<IReadOnlyList<string>> GrantedAsync() =>
            (await consents.FindAsync(SubjectId!.Value, AppId!.Value, Call.Ct))?.Scopes ?? [];

        public async ValueTask<Answer> AnswerAsync() => OpenApiDialect.Result((await GrantedAsync()).Contains(this[Parameter]));
    }
}
