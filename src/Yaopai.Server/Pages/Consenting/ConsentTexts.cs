namespace Yaopai.Server.Pages.Consenting;

internal static class ConsentTexts
{
    public static readonly Phrase Title = new("授权确认", "Allow access");
    public static readonly Phrase Asks = new("请求获取您的以下信息：", "asks for the following:");
    public static readonly Phrase AsksMore = new("除已授权的信息外，还请求新的信息：", "asks for more than you allowed before:");
    public static readonly Phrase New = new("新", "new");
    public static readonly Phrase SignedInAs = new("当前账号：", "Signed in as");
    public static readonly Phrase Another = new("换一个账号", "Not you? Use another account");
    public static readonly Phrase Phone = new("分享哪个手机号？", "Which phone number do you want to share?");
    public static readonly Phrase NoPhone = new("不分享手机号", "None");
    public static readonly Phrase OwnPhone = new("账号绑定的手机号", "the account’s own");
    public static readonly Phrase OtherPhone = new("其他已验证的手机号", "another one of yours");
    public static readonly Phrase OneTap = new("使用 {0} 一键登录", "Sign in with {0}");
    public static readonly Phrase WithoutOneTap = new("不使用一键登录", "Go on without one tap");
    public static readonly Phrase Allow = new("同意", "Allow");
    public static readonly Phrase Refuse = new("拒绝", "Refuse");
    public static readonly Phrase Fault = new("请先选择", "Please choose first");
    public static readonly Phrase PhoneMissing = new("请选择要分享的手机号，或选择不分享。", "Choose the phone number to share, or none.");

    public static readonly Phrase ButtonMissing = new("请使用此页面上的按钮。", "Use one of the buttons on this page.");

    public static readonly Phrase NumberMissing = new(
        "此应用要用您账号绑定的手机号登录，但您的账号没有绑定手机号。请换一个账号，或拒绝后在应用中选择其他登录方式。",
        "This app signs you in with the phone number of your account, and your account has none. "
        + "Use another account, or refuse and choose another way to sign in at the app.");

    private static readonly Dictionary<string, Phrase> s_scopes = new()
    {
        ["openid"] = new("识别您的身份（此应用专用的标识）", "Who you are: an identifier made for this app and its developer"),
        ["profile"] = new("您的昵称和头像", "Your nickname and picture"),
        ["email"] = new("您的邮箱地址", "Your mail address"),
        ["phone"] = new("您选择的一个手机号", "One phone number of your choice"),
        ["quickLoginMobilePhone"] = new("您账号绑定的手机号，用于一键登录", "The phone number of your account, to sign in with one tap"),
        ["quickLoginAnonymousPhone"] = new("您账号绑定手机号的掩码（如 182******74）", "Your account’s phone number with its middle hidden: 182******74"),
        ["riskLevel"] = new("您账号的风险等级", "How risky your account looks"),
        ["basic"] = new("您的用户名、昵称和头像", "Your user name, nickname and picture"),
        ["super_msg"] = new("向您发送提醒和消息", "To send you notices and messages"),
        ["netdisk"] = new("访问您网盘中的文件", "The files on your net disk"),
        ["hao123"] = new("访问您的导航收藏", "Your navigation favourites"),
        ["public"] = new("使用不涉及个人信息的公共接口", "To use interfaces that tell nothing of you"),
        ["userConsent"] = new("您对此应用的授权记录", "What you have allowed this app"),
    };

    /// <summary>A scope in plain words; its name where there are none.</summary>
    public static Phrase Of(string scope) => s_scopes.TryGetValue(scope, out var phrase) ? phrase : new Phrase(scope, scope);
}
