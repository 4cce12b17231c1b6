using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.Identity;

/// <summary>What is the identity platform's alone.</summary>
internal sealed class IdentityProfile(IOptions<IdentityGrantOptions> options) : SurfaceProfile
{
    /// <summary>Opens a person's profile, as its two conventions name it.</summary>
    public const string UserInfo = "snsapi_userinfo", UserInfoOfOtherConvention = "get_user_info";

    /// <summary>Opens the number that the account is reached by; approved app by app.</summary>
    public const string Phone = "user_phone";

    /// <summary>Signs a person in, and opens nothing else.</summary>
    public const string Login = "snsapi_login";

    public const string Base = "snsapi_base";

    /// <summary>Lets an app manage the people whom it knows through the signed gateway, and with the other everyone;
    /// approved app by app.</summary>
    public const string Manage = "user_manage", ManageAll = "user_manage_all";

    private static readonly Scope[] s_scopes =
    [
        new(Base,                      new("识别您在本应用中的身份", "To recognise you in this app"), IsOpen: true),
        new(Login,                     new("用您的账号登录", "To sign you in with your account"), IsOpen: true),
        new(UserInfo,                  new("您的昵称、头像、性别和地区", "Your nickname, picture, sex and region"), IsOpen: true),
        new(UserInfoOfOtherConvention, new("您的昵称、头像、性别和地区", "Your nickname, picture, sex and region"), IsOpen: true),
        new(Phone,                     new("您的手机号", "Your phone number")),
        new(Manage,                    new("代您的组织管理您的账号", "To manage your account for your organisation")),
        new(ManageAll,                 new("代平台管理所有账号", "To manage all accounts on behalf of the platform")),
    ];

    public override string Slug => "identity";

    public override CredentialProfile Credentials { get; } = new()
    {
        Realm = 6,
        Kinds = new HashSet<CredentialKind>
        {
            CredentialKind.Code, CredentialKind.AccessToken, CredentialKind.RefreshToken, CredentialKind.AppToken, CredentialKind.Ticket,
        },
        Text = new Base64UrlText(),
        RotatesRefreshTokens = true,
        Lifetimes = new Lifetimes(
            options.Value.CodeLifetime, options.Value.AccessTokenLifetime, options.Value.RefreshTokenLifetime, default, default, default)
        {
            Ticket = options.Value.TicketLifetime,
        },
    };

    public override IReadOnlyList<Scope> Scopes => s_scopes;

    public override string DefaultScope => Base;

    /// <summary>Some clients write commas between.</summary>
    public override string WithSpaces(string scopes) => ScopeText.WithSpacesForCommas(scopes);

    public override GrantTypes GrantTypes => IdentityGrantTypes.Types;

    public override IReadOnlyList<string> DemoScopesOf(string app) => app is "demo-stranger" ? [] : [Phone, Manage];

    public static bool IsUserInfo(string scope) => scope is UserInfo or UserInfoOfOtherConvention;

    public static bool OpensUserInfo(Credential token) => token.Covers(UserInfo) || token.Covers(UserInfoOfOtherConvention);
}
