using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.OpenApi.OAuth;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>What is the Open API's alone.</summary>
internal sealed class OpenApiProfile(IOptions<OpenApiGrantOptions> options) : SurfaceProfile
{
    /// <summary>Where an app asks for itself.</summary>
    public const string PublicScope = "public";

    private static readonly Scope[] s_scopes =
    [
        new("basic",     new("您的用户名、昵称和头像", "Your user name, nickname and picture"), IsOpen: true),
        new("email",     new("您的邮箱地址", "Your mail address"), IsOpen: true),
        new("super_msg", new("向您发送提醒和消息", "To send you notices and messages")),
        new("netdisk",   new("访问您网盘中的文件", "The files on your net disk")),
        new("hao123",    new("访问您的导航收藏", "Your navigation favourites")),
        new(PublicScope, new("使用不涉及个人信息的公共接口", "To use interfaces that reveal nothing about you"), IsOpen: true) { IsOfUser = false },
    ];

    public override string Slug => "open";

    public override CredentialProfile Credentials { get; } = new()
    {
        Realm = 4,
        Kinds = new HashSet<CredentialKind>
        {
            CredentialKind.Code, CredentialKind.AccessToken, CredentialKind.RefreshToken, CredentialKind.AppToken,
            CredentialKind.DeviceCode, CredentialKind.SessionKey,
        },
        Text = new TokenText(),
        RotatesRefreshTokens = true,
        MarksSecretShown = true,
        Lifetimes = new Lifetimes(
            options.Value.CodeLifetime, options.Value.AccessTokenLifetime, options.Value.RefreshTokenLifetime,
            options.Value.DeviceCodeLifetime, options.Value.DeviceCodeLifetime, options.Value.DevicePollInterval),
    };

    public override IReadOnlyList<Scope> Scopes => s_scopes;

    public override string DefaultScope => "basic";

    public override bool TakesBasic => true;

    public override GrantTypes GrantTypes => OpenApiGrantTypes.Types;

    /// <summary>The platform has no numbers of its own for the two.</summary>
    public override IReadOnlyDictionary<ErrorDefinition, UserCodeFault> UserCodeFaults { get; } =
        new Dictionary<ErrorDefinition, UserCodeFault>
        {
            [E.RefreshTokenExpired] = UserCodeFault.Unknown,
            [E.AccessDenied] = UserCodeFault.Taken,
        };

    public override IReadOnlyList<string> DemoScopesOf(string app) => app is "demo-stranger" ? [] : ["super_msg", "netdisk", "hao123"];

    public override IReadOnlyList<string>? DemoGrantTypesOf(string app) => app switch
    {
        "demo" => OpenApiGrantTypes.Types.All,
        "demo-stranger" => [OpenApiGrantTypes.Code, OpenApiGrantTypes.Refresh],
        _ => null,
    };

    public override string WithSpaces(string scopes) => ScopeText.WithSpacesForCommas(scopes);

    /// <summary>Whether there is such a permission.</summary>
    public static bool IsScope(string name) => Array.Exists(s_scopes, scope => scope.Name == name);

    /// <summary>What an app may have of its own.</summary>
    public bool IsOpenToAppAlone(App app, string name) => IsOpenTo(app, name) && FindScope(name) is { IsOfUser: false };
}
