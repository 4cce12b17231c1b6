using System.Collections.Frozen;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.HuaweiAccount.Events;
using Yaopai.Server.Surfaces.HuaweiAccount.OAuth;
using Yaopai.Server.Surfaces.HuaweiAccount.People;
using Yaopai.Server.Surfaces.HuaweiAccount.Tokens;
using E = Yaopai.Errors.HuaweiAccountErrors;

namespace Yaopai.Server.Surfaces.HuaweiAccount;

/// <summary>The REST APIs of Huawei Account: what is where.</summary>
internal sealed class HuaweiAccountSurface : ISurface
{
    private const string RestPath = "/rest.php";

    private readonly FrozenDictionary<string, IOperation> _paths;
    private readonly FrozenDictionary<string, IOperation> _services;

    public HuaweiAccountSurface(
        Authorize.Services authorize,
        Token.Services token,
        DeviceCode.Services deviceCode,
        DevicePage.Services devicePage,
        GetTokenInfo.Services getTokenInfo,
        Revoke.Services revoke,
        GetInfo.Services getInfo,
        OpenIdConfiguration.Services openIdConfiguration,
        Certs.Services certs,
        TokenInfo.Services tokenInfo,
        GetRealName.Services getRealName,
        VerifyRealName.Services verifyRealName,
        GetRiskLevel.Services getRiskLevel,
        RiscConfiguration.Services riscConfiguration,
        QuickLogin.Services quickLogin,
        OpenIdToUnionId.Services openIdToUnionId,
        BatchGetGroupUnionId.Services batchGetGroupUnionId)
    {
        var authorizeOperation = Authorize.Operation(authorize);
        var tokenOperation = Token.Operation(token);
        var devicePageOperation = DevicePage.Operation(devicePage);
        _paths = new Dictionary<string, IOperation>
        {
            ["/oauth2/v3/authorize"] = authorizeOperation,
            ["/oauth2/v2/authorize"] = authorizeOperation,
            ["/oauth2/v3/token"] = tokenOperation,
            ["/oauth2/v2/token"] = tokenOperation, // what older clients call
            ["/oauth2/v3/device/code"] = DeviceCode.Operation(deviceCode),
            [DevicePage.Path] = devicePageOperation,
            [DevicePage.QrPath] = devicePageOperation,
            ["/oauth2/v3/revoke"] = Revoke.Operation(revoke),
            ["/.well-known/openid-configuration"] = OpenIdConfiguration.Operation(openIdConfiguration),
            ["/oauth2/v3/certs"] = Certs.Operation(certs),
            ["/oauth2/v3/tokeninfo"] = TokenInfo.Operation(tokenInfo),
            ["/user/getuserrisklevel"] = GetRiskLevel.Operation(getRiskLevel),
            ["/v1beta/public/risc/.well-known/risc-configuration"] = RiscConfiguration.Operation(riscConfiguration),
            ["/oauth2/v6/quickLogin/getPhoneNumber"] = QuickLogin.Operation(quickLogin),
            ["/oauth2/v6/groupUnionId/batchGet"] = BatchGetGroupUnionId.Operation(batchGetGroupUnionId),
        }.ToFrozenDictionary(StringComparer.Ordinal);

        _services = new Dictionary<string, IOperation>
        {
            ["huawei.oauth2.user.getTokenInfo"] = GetTokenInfo.Operation(getTokenInfo),
            ["huawei.oauth2.app.openIdToUnionId"] = OpenIdToUnionId.Operation(openIdToUnionId),
            ["GOpen.User.getInfo"] = GetInfo.Operation(getInfo),
            ["OpenRealName.User.getDetailInfo"] = GetRealName.Operation(getRealName),
            ["OpenRealName.User.verifyRealName"] = VerifyRealName.Operation(verifyRealName),
        }.ToFrozenDictionary(StringComparer.Ordinal);

        Operations = [.. _paths.Values.Concat(_services.Values).Distinct().OrderBy(operation => operation.Name, StringComparer.Ordinal)];
    }

    public string Slug => "huawei";

    public IReadOnlyList<IOperation> Operations { get; }

    /// <summary>What a service name earns that no operation takes: the answers of the documents that come nearest.</summary>
    internal static IReadOnlyList<ErrorDefinition> UnroutedErrors { get; } =
    [
        E.Token.NotFound, E.GetTokenInfo.NotFound, E.GetTokenInfo.MethodNotAllowed, E.GetTokenInfo.BadRequest, E.GetTokenInfo.DispatchFailed,
        E.GetInfo.NotFound, E.GetInfo.ParameterError, E.OpenIdToUnionId.ServiceUnknown, E.OpenIdToUnionId.DispatchFailed,
        E.GetRealName.ServiceNameIncorrect, E.VerifyRealName.ServiceNameIncorrect, E.VerifyRealName.ServiceUnknown,
    ];

    public async ValueTask<RouteResult> RouteAsync(Call call)
    {
        if (_paths.TryGetValue(call.Path, out var operation))
            return new RouteResult(operation);

        return call.Path is RestPath ? await DispatchAsync(call) : new RouteResult(null, E.Token.NotFound);
    }

    public ValueTask WriteAsync(Call call, Answer answer) => HuaweiAccountDialect.WriteAsync(call.Http.Response, answer);

    /// <summary>One path, many services: named by <c>nsp_svc</c> in the query or, by some clients, in the form.</summary>
    private async ValueTask<RouteResult> DispatchAsync(Call call)
    {
        var readable = await call.ReadAsync(ParameterSource.Form) is null;
        var service = call.Parameters["nsp_svc"];
        if (_services.TryGetValue(service, out var operation))
            return new RouteResult(operation);

        if (call.Http.Request.Method is not "POST")
        {
            call.Http.Response.Headers.Allow = "POST";
            return new RouteResult(null, E.GetTokenInfo.MethodNotAllowed);
        }

        return new RouteResult(null, readable ? Unknown(service, call.Http.Request.Host.Host) : E.GetTokenInfo.BadRequest);
    }

    private static ErrorDefinition Unknown(string service, string host) => service switch
    {
        "" when host.StartsWith("account.", StringComparison.OrdinalIgnoreCase) => E.GetInfo.ParameterError,
        // Real names: a method that is not there is not found; a name that is none of theirs is an error of the parameter.
        _ when service.StartsWith("OpenRealName.User.", StringComparison.Ordinal) => E.VerifyRealName.ServiceUnknown,
        _ when service.StartsWith("OpenRealName.", StringComparison.Ordinal) => E.GetRealName.ServiceNameIncorrect,
        _ when host.StartsWith("openrealname.", StringComparison.OrdinalIgnoreCase) => E.VerifyRealName.ServiceNameIncorrect,
        _ when service.StartsWith("GOpen.User.", StringComparison.Ordinal) => E.GetInfo.NotFound,
        _ when service.StartsWith("huawei.oauth2.user.", StringComparison.Ordinal) => E.GetTokenInfo.NotFound,
        _ when service.StartsWith("huawei.oauth2.app.", StringComparison.Ordinal) => E.OpenIdToUnionId.ServiceUnknown,
        _ when service.EndsWith(".openIdToUnionId", StringComparison.Ordinal) => E.OpenIdToUnionId.DispatchFailed,
        _ => E.GetTokenInfo.DispatchFailed,
    };
}
