using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.HuaweiAccount.People;

namespace Yaopai.Server.Surfaces.HuaweiAccount;

/// <summary>What is Huawei Account's alone.</summary>
internal sealed class HuaweiAccountProfile(IOptions<HuaweiAccountGrantOptions> options) : SurfaceProfile
{
    public const string PhoneScope = "phone";
    public const string OneTapPhoneScope = "quickLoginMobilePhone";
    public const string OneTapMaskedPhoneScope = "quickLoginAnonymousPhone";

    /// <summary>As older libraries ask for <c>profile</c> and <c>phone</c>; they read back what they asked.</summary>
    public const string ProfileAddress = "https://www.huawei.com/auth/account/base.profile";
    public const string PhoneAddress = "https://www.huawei.com/auth/account/mobile.number";

    private static readonly string[] s_profile = ["profile", ProfileAddress], s_phone = [PhoneScope, PhoneAddress];

    /// <summary>The component of a client that obtains codes with the one-tap button.</summary>
    public const string QuickLogin = "quickLogin";

    public override string Slug => "huawei";

    public override CredentialProfile Credentials { get; } = new()
    {
        Realm = 1,
        Kinds = new HashSet<CredentialKind>
        {
            CredentialKind.Code, CredentialKind.AccessToken, CredentialKind.RefreshToken, CredentialKind.AppToken,
            CredentialKind.DeviceCode,
        },
        Text = new Base64Text(),
        OpenScopes = ["openid", "profile", "email", ProfileAddress, PhoneAddress], // the last is another name of one that is approved
        Lifetimes = new Lifetimes(
            options.Value.CodeLifetime, options.Value.AccessTokenLifetime, options.Value.RefreshTokenLifetime,
            options.Value.DeviceCodeLifetime, options.Value.UserCodeLifetime, options.Value.DevicePollInterval),
    };

    public override IReadOnlyList<Scope> Scopes { get; } =
    [
        new("openid",  new("识别您的身份（此应用专用的标识）", "Your identity: an identifier for this app and its developer"), IsOpen: true),
        new("profile", new("您的昵称和头像", "Your nickname and picture"), IsOpen: true),
        new("email",   new("您的邮箱地址", "Your mail address"), IsOpen: true),
        new(ProfileAddress, new("您的昵称和头像", "Your nickname and picture"), IsOpen: true),
        new(PhoneScope, new("您选择的一个手机号", "One phone number of your choice")) { AsksForPhone = true },
        new(PhoneAddress, new("您选择的一个手机号", "One phone number of your choice")) { AsksForPhone = true },
        new(OneTapPhoneScope, new("您账号绑定的手机号，用于一键登录", "The phone number of your account, to sign in with one tap")) { IsOneTap = true },
        new(OneTapMaskedPhoneScope, new("您账号绑定手机号的掩码（如 182******74）", "Your account’s phone number with its middle hidden: 182******74"))
        {
            IsOneTap = true,
        },
        new("riskLevel", new("您账号的风险等级", "The risk level of your account")),
        new("userConsent", new("您对此应用的授权记录", "Your consents to this app")),
    ];

    public override string DefaultScope => "openid";

    public override IReadOnlyDictionary<ErrorDefinition, UserCodeFault> UserCodeFaults { get; } =
        new Dictionary<ErrorDefinition, UserCodeFault>
        {
            [HuaweiAccountErrors.DevicePage.UserCodeUnknown] = UserCodeFault.Unknown,
            [HuaweiAccountErrors.DevicePage.UserCodeTaken] = UserCodeFault.Taken,
        };

    public override IReadOnlyList<string> DemoScopesOf(string app) => app is "demo-stranger"
        ? ["openid", "profile", "email"]
        :
        [
            "openid", "profile", "email", PhoneScope, OneTapPhoneScope, OneTapMaskedPhoneScope, "riskLevel", "userConsent",
            RealNameCall.Approval, ProfileAddress, PhoneAddress,
        ];

    /// <summary>Any token of the person opens it.</summary>
    public override IEnumerable<Phrase> AlwaysToldTo(App app) => app.ApprovedScopes.Contains(RealNameCall.Approval)
        ? [new("您的真实姓名和证件号码，如您已实名认证", "Your real name and identity number, where they are verified")]
        : [];

    /// <summary>What was approved for an app counts, whether or not it is listed here.</summary>
    public override bool IsOpenTo(App app, string scope) => FindScope(scope) is { IsOpen: true } || app.ApprovedScopes.Contains(scope)
        || (scope is PhoneAddress && app.ApprovedScopes.Contains(PhoneScope));

    public static bool OpensProfile(Credential granted) => Array.Exists(s_profile, granted.Covers);

    public static bool OpensPhone(App app, Credential granted) =>
        Array.Exists(s_phone, granted.Covers) && Array.Exists(s_phone, app.ApprovedScopes.Contains);

    public static bool AsksForPhone(IEnumerable<string> scopes) => scopes.Any(s_phone.Contains);

    /// <summary>Some say nothing alone: the masked number belongs to an identity, a risk level to a user who is known.</summary>
    public static bool IsValidCombination(IReadOnlyCollection<string> scopes) =>
        (!scopes.Contains(OneTapMaskedPhoneScope) || scopes.Contains("openid"))
        && (!scopes.Contains("riskLevel")
            || scopes.Any(scope => scope is "openid" || s_phone.Contains(scope) || s_profile.Contains(scope)));

    public bool IsOneTap(string scope) => FindScope(scope) is { IsOneTap: true };
}
