using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth.Devices;
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

    /// <summary>Where OpenID clients look for what the platform has elsewhere.</summary>
    private const string UserInfoPath = "/oauth2/v3/userinfo";

    private static readonly SurfaceRoute[] s_paths =
    [
        SurfaceRoute.To<Authorize>("/oauth2/v3/authorize"),
        SurfaceRoute.To<Authorize>("/oauth2/v2/authorize"),
        SurfaceRoute.To<Token>("/oauth2/v3/token"),
        SurfaceRoute.To<Token>("/oauth2/v2/token"), // what older clients call
        SurfaceRoute.To<DeviceCode>("/oauth2/v3/device/code"),
        SurfaceRoute.To<DevicePage>(DevicePage.Path),
        SurfaceRoute.To<DevicePage>(VerificationRequest.QrOf(DevicePage.Path)),
        SurfaceRoute.To<Revoke>("/oauth2/v3/revoke"),
        SurfaceRoute.To<OpenIdConfiguration>("/.well-known/openid-configuration"),
        SurfaceRoute.To<Certs>("/oauth2/v3/certs"),
        SurfaceRoute.To<TokenInfo>("/oauth2/v3/tokeninfo"),
        SurfaceRoute.To<GetRiskLevel>("/user/getuserrisklevel"),
        SurfaceRoute.To<RiscConfiguration>("/v1beta/public/risc/.well-known/risc-configuration"),
        SurfaceRoute.To<QuickLogin>("/oauth2/v6/quickLogin/getPhoneNumber"),
        SurfaceRoute.To<BatchGetGroupUnionId>("/oauth2/v6/groupUnionId/batchGet"),
    ];

    /// <summary>Of <c>/rest.php</c>, by <c>nsp_svc</c>.</summary>
    private static readonly SurfaceRoute[] s_services =
    [
        SurfaceRoute.To<GetTokenInfo>("huawei.oauth2.user.getTokenInfo"),
        SurfaceRoute.To<OpenIdToUnionId>("huawei.oauth2.app.openIdToUnionId"),
        SurfaceRoute.To<GetInfo>("GOpen.User.getInfo"),
        SurfaceRoute.To<GetRealName>("OpenRealName.User.getDetailInfo"),
        SurfaceRoute.To<VerifyRealName>("OpenRealName.User.verifyRealName"),
    ];

    private readonly RouteTable _paths;
    private readonly RouteTable _services;

    public HuaweiAccountSurface(SurfaceRoutes routes)
    {
        (_paths, _services) = (routes.Table(s_paths), routes.Table(s_services));
        Operations = routes.Operations;
    }

    public string Slug => "huawei";

    public IReadOnlySet<string> ParameterNames => HuaweiAccountParameters.Names;

    public IEnumerable<string> Paths => [.. _paths.Names, RestPath];

    public IReadOnlyList<IOperation> Operations { get; }

    /// <summary>What a service name earns that is none: the answers of the documents that come nearest.</summary>
    public IReadOnlyList<ErrorDefinition> UnroutedErrors { get; } =
    [
        E.GetTokenInfo.MethodNotAllowed, E.GetTokenInfo.BadRequest, E.GetTokenInfo.DispatchFailed, E.GetInfo.ParameterError,
        E.OpenIdToUnionId.ServiceUnknown, E.OpenIdToUnionId.DispatchFailed,
        E.GetRealName.ServiceNameIncorrect, E.VerifyRealName.ServiceNameIncorrect, E.VerifyRealName.ServiceUnknown,
    ];

    public async ValueTask<RouteResult> RouteAsync(Call call)
    {
        if (_paths.Find(call.Path) is { } operation)
            return new RouteResult(operation);

        if (call.Path is RestPath)
            return await DispatchAsync(call);

        return call.Path.StartsWith(RestPath, StringComparison.OrdinalIgnoreCase)
            ? _services.NoSuchPath(await ServiceBesideAsync(call))
            : call.Path is UserInfoPath ? _paths.NoSuchPath(call.Path) with { NoSuchPath = WhyNoUserInfo } : _paths.NoSuchPath(call.Path);
    }

    public ValueTask WriteAsync(Call call, Answer answer) => HuaweiAccountDialect.WriteAsync(call.Http.Response, answer);

    /// <summary>One path, many services: named by <c>nsp_svc</c> in the query or, by some clients, in the form.</summary>
    private async ValueTask<RouteResult> DispatchAsync(Call call)
    {
        var readable = await call.ReadAsync(ParameterSource.Form, Call.SmallBody) is null;
        var service = call.Parameters["nsp_svc"];
        if (_services.Find(service) is { } operation)
            return new RouteResult(operation);

        if (call.Http.Request.Method is not "POST")
        {
            call.Http.Response.Headers.Allow = "POST";
            return Unrouted(E.GetTokenInfo.MethodNotAllowed);
        }

        if (!readable)
            return Unrouted(E.GetTokenInfo.BadRequest, call.WhyUnreadable);

        return Misnamed(service, call.Http.Request.Host.Host) is { } error
            ? Unrouted(error, () => _services.WhyUnknown(service))
            : _services.NoSuchPath(service);
    }

    /// <summary>What is asked for at an address beside the one path: in the address itself, or as it should be.</summary>
    private static async ValueTask<string> ServiceBesideAsync(Call call)
    {
        await call.ReadAsync(ParameterSource.Form, Call.SmallBody);
        return call.Parameters["nsp_svc"] is { Length: > 0 } service ? service : call.Path[RestPath.Length..].TrimStart('/');
    }

    private static Reason? WhyNoUserInfo() => $"there is no userinfo; people are told of at {RestPath}?nsp_svc=GOpen.User.getInfo";

    private static RouteResult Unrouted(ErrorDefinition error, Func<Reason?>? why = null) => new(null, new Refusal(error, why));

    /// <summary>Null where the name begins like a service, and is simply not found.</summary>
    private static ErrorDefinition? Misnamed(string service, string host) => service switch
    {
        "" when host.StartsWith("account.", StringComparison.OrdinalIgnoreCase) => E.GetInfo.ParameterError,
        // Real names: a method that is not there is not found; a name that is none of theirs is an error of the parameter.
        _ when service.StartsWith("OpenRealName.User.", StringComparison.Ordinal) => E.VerifyRealName.ServiceUnknown,
        _ when service.StartsWith("OpenRealName.", StringComparison.Ordinal) => E.GetRealName.ServiceNameIncorrect,
        _ when host.StartsWith("openrealname.", StringComparison.OrdinalIgnoreCase) => E.VerifyRealName.ServiceNameIncorrect,
        _ when service.StartsWith("GOpen.User.", StringComparison.Ordinal) => null,
        _ when service.StartsWith("huawei.oauth2.user.", StringComparison.Ordinal) => null,
        _ when service.StartsWith("huawei.oauth2.app.", StringComparison.Ordinal) => E.OpenIdToUnionId.ServiceUnknown,
        _ when service.EndsWith(".openIdToUnionId", StringComparison.Ordinal) => E.OpenIdToUnionId.DispatchFailed,
        _ => E.GetTokenInfo.DispatchFailed,
    };
}
