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

    private static readonly Scope[] s_scopes =
    [
        new("snsapi_base",             new("识别您在本应用中的身份", "To recognise you in this app"), IsOpen: true),
        new(Login, new("用您的账号登录", "To sign you in with your account"), IsOpen: true),
        new(UserInfo,                  new("您的昵称、头像、性别和地区", "Your nickname, picture, sex and region"), IsOpen: true),
        new(UserInfoOfOtherConvention, new("您的昵称、头像、性别和地区", "Your nickname, picture, sex and region"), IsOpen: true),
        new(Phone,                     new("您的手机号", "Your phone number")),
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

    public override string DefaultScope => "snsapi_base";

    public override GrantTypes GrantTypes => IdentityGrantTypes.Types;

    public override IReadOnlyList<string> DemoScopesOf(string app) => app is "demo-stranger" ? [] : [Phone];

    public static bool OpensUserInfo(Credential token) => token.Covers(UserInfo) || token.Covers(UserInfoOfOtherConvention);
}
