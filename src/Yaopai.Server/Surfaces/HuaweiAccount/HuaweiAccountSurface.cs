using System.Collections.Frozen;
using Yaopai.Errors;
using Yaopai.Server.Protocol;
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
        GetTokenInfo.Services getTokenInfo,
        Revoke.Services revoke,
        GetInfo.Services getInfo,
        OpenIdConfiguration.Services openIdConfiguration,
        Certs.Services certs,
        TokenInfo.Services tokenInfo,
        GetRiskLevel.Services getRiskLevel)
    {
        var authorizeOperation = Authorize.Operation(authorize);
        var tokenOperation = Token.Operation(token);
        _paths = new Dictionary<string, IOperation>
        {
            ["/oauth2/v3/authorize"] = authorizeOperation,
            ["/oauth2/v2/authorize"] = authorizeOperation,
            ["/oauth2/v3/token"] = tokenOperation,
            ["/oauth2/v2/token"] = tokenOperation, // what older clients call
            ["/oauth2/v3/device/code"] = DeviceCode.Operation(deviceCode),
            ["/oauth2/v3/revoke"] = Revoke.Operation(revoke),
            ["/.well-known/openid-configuration"] = OpenIdConfiguration.Operation(openIdConfiguration),
            ["/oauth2/v3/certs"] = Certs.Operation(certs),
            ["/oauth2/v3/tokeninfo"] = TokenInfo.Operation(tokenInfo),
            ["/user/getuserrisklevel"] = GetRiskLevel.Operation(getRiskLevel),
        }.ToFrozenDictionary(StringComparer.Ordinal);

        _services = new Dictionary<string, IOperation>
        {
            ["huawei.oauth2.user.getTokenInfo"] = GetTokenInfo.Operation(getTokenInfo),
            ["GOpen.User.getInfo"] = GetInfo.Operation(getInfo),
        }.ToFrozenDictionary(StringComparer.Ordinal);

        Operations = [.. _paths.Values.Concat(_services.Values).Distinct().OrderBy(operation => operation.Name, StringComparer.Ordinal)];
    }

    public string Slug => "huawei";

    public IReadOnlyList<IOperation> Operations { get; }

    /// <summary>What a service name earns that no operation takes: the answers of the documents that come nearest.</summary>
    internal static IReadOnlyList<ErrorDefinition> Strays { get; } =
    [
        E.Token.NotFound, E.GetTokenInfo.NotFound, E.GetTokenInfo.MethodNotAllowed, E.GetTokenInfo.BadRequest, E.GetTokenInfo.DispatchFailed,
        E.GetInfo.NotFound, E.GetInfo.ParameterError,
    ];

    public async ValueTask<Destination> RouteAsync(Call call)
    {
        if (_paths.TryGetValue(call.Path, out var operation))
            return new Destination(operation);

        return call.Path is RestPath ? await DispatchAsync(call) : new Destination(null, E.Token.NotFound);
    }

    public ValueTask WriteAsync(HttpResponse response, Answer answer) => HuaweiAccountDialect.WriteAsync(response, answer);

    /// <summary>One path, many services: named by <c>nsp_svc</c> in the query or, by some clients, in the form.</summary>
    private async ValueTask<Destination> DispatchAsync(Call call)
    {
        var readable = await call.ReadAsync(ParameterSource.Form) is null;
        var service = call.Parameters["nsp_svc"];
        if (_services.TryGetValue(service, out var operation))
            return new Destination(operation);

        if (call.Http.Request.Method is not "POST")
        {
            call.Http.Response.Headers.Allow = "POST";
            return new Destination(null, E.GetTokenInfo.MethodNotAllowed);
        }

        return new Destination(null, readable ? Unknown(service, call.Http.Request.Host.Host) : E.GetTokenInfo.BadRequest);
    }

    private static ErrorDefinition Unknown(string service, string host) => service switch
    {
        "" when host.StartsWith("account.", StringComparison.OrdinalIgnoreCase) => E.GetInfo.ParameterError,
        _ when service.StartsWith("GOpen.User.", StringComparison.Ordinal) => E.GetInfo.NotFound,
        _ when service.StartsWith("huawei.oauth2.user.", StringComparison.Ordinal) => E.GetTokenInfo.NotFound,
        _ => E.GetTokenInfo.DispatchFailed,
    };
}
