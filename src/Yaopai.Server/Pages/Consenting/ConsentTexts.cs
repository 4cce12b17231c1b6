using Yaopai.Server.OAuth;

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
    public static readonly Phrase WithoutOneTap = new("不使用一键登录", "Skip one-tap sign-in");
    public static readonly Phrase Allow = new("同意", "Allow");
    public static readonly Phrase Refuse = new("拒绝", "Refuse");
    public static readonly Phrase Fault = new("请先选择", "Please choose first");
    public static readonly Phrase PhoneMissing = new("请选择要分享的手机号，或选择不分享。", "Choose the phone number to share, or none.");

    public static readonly Phrase ButtonMissing = new("请使用此页面上的按钮。", "Use one of the buttons on this page.");

    public static readonly Phrase NumberMissing = new(
        "此应用要用您账号绑定的手机号登录，但您的账号没有绑定手机号。请换一个账号，或拒绝后在应用中选择其他登录方式。",
        "This app signs you in with the phone number of your account, and your account has none. "
        + "Use another account, or refuse and choose another way to sign in at the app.");
}
