using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.Identity.Gateway;
using Yaopai.Server.Surfaces.Identity.Links;
using Yaopai.Server.Surfaces.Identity.MiniProgram;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Yaopai.Server.Surfaces.Identity.Users;
using Yaopai.Server.Surfaces.Identity.WeChat;

namespace Yaopai.Server.Surfaces.Identity;

/// <summary>The identity platform: sign-in, tokens and tickets, and the parts that stand on them.</summary>
internal sealed class IdentitySurface : ISurface
{
    /// <summary>Where the signed gateway begins.</summary>
    public const string GatewayPaths = "/gateway/";

    private static readonly SurfaceRoute[] s_paths =
    [
        SurfaceRoute.To<Authorize>(Authorize.Path),
        SurfaceRoute.To<Login>("/oauth2/login"),
        SurfaceRoute.To<AccessToken>("/oauth2/access_token"),
        SurfaceRoute.To<RefreshToken>("/oauth2/refresh_token"),
        SurfaceRoute.To<ClientToken>("/oauth2/client_token"),
        SurfaceRoute.To<Me>("/oauth2/me"),
        SurfaceRoute.To<Ticket>("/oauth2/ticket"),
        SurfaceRoute.To<TicketExchange>("/oauth2/ticket/exchange"),
        SurfaceRoute.To<GetUserInfo>("/user/get_user_info"),
        SurfaceRoute.To<CheckUrl>("/url/check"),
        SurfaceRoute.To<ShortenUrl>("/url/shorten"),
        SurfaceRoute.To<FollowLink>(FollowLink.Path + "*"),
        SurfaceRoute.To<QrCode>("/wechat/mp/qrcode"),
        SurfaceRoute.To<Poll>("/wechat/mp/poll"),
        SurfaceRoute.To<QrConnect>("/wechat/mp/qrconnect"),
        SurfaceRoute.To<InAppAuthorize>("/wechat/mp/authorize"),
        SurfaceRoute.To<InAppReturn>(InAppReturn.Path),
        SurfaceRoute.To<Push>(Push.Path + "*"),
        SurfaceRoute.To<MiniLogin>("/wechat/mini/login"),
        SurfaceRoute.To<MiniPhone>("/wechat/mini/phone"),
        SurfaceRoute.To<BindUser>("/wechat/mini/bind"),
        SurfaceRoute.To<BindUser>("/user/bind"),
        SurfaceRoute.To<SendVerificationCode>("/user/verification_code"),
        SurfaceRoute.To<UserTicketExchange>("/user/ticket/exchange"),
        SurfaceRoute.To<QueryUsers>(GatewayPaths + "user/query"),
        SurfaceRoute.To<CreateUser>(GatewayPaths + "user/create"),
        SurfaceRoute.To<UpdateUser>(GatewayPaths + "user/update"),
        SurfaceRoute.To<RecycleUser>(GatewayPaths + "user/recycle"),
        SurfaceRoute.To<RestoreUser>(GatewayPaths + "user/restore"),
        SurfaceRoute.To<ChangePhone>(GatewayPaths + "phone/change"),
        SurfaceRoute.To<QueryBindings>(GatewayPaths + "binding/query"),
        SurfaceRoute.To<Unbind>(GatewayPaths + "binding/unbind"),
        SurfaceRoute.To<SendMessage>(GatewayPaths + "message/send"),
    ];

    private readonly RouteTable _paths;
    private readonly IdentityDialect _dialect;

    public IdentitySurface(IdentityDialect dialect, SurfaceRoutes routes) =>
        (_dialect, _paths, Operations) = (dialect, routes.Table(s_paths), routes.Operations);

    public string Slug => "identity";

    public IReadOnlySet<string> ParameterNames => IdentityParameters.Names;

    public IEnumerable<string> Paths => _paths.Names;

    public IReadOnlyList<IOperation> Operations { get; }

    public IReadOnlyList<ErrorDefinition> UnroutedErrors => [];

    public ValueTask<RouteResult> RouteAsync(Call call) =>
        ValueTask.FromResult(_paths.Find(call.Path) is { } operation ? new RouteResult(operation) : _paths.NoSuchPath(call.Path));

    public ValueTask WriteAsync(Call call, Answer answer) => _dialect.WriteAsync(call, answer);
}
