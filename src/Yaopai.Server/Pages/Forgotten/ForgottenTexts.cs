using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.Forgotten;

internal static class ForgottenTexts
{
    public static readonly Phrase Link = new("忘记密码？", "Forgot your password?");
    public static readonly Phrase Title = new("重置密码", "Reset your password");
    public static readonly Phrase What = new(
        "我们会向您账号已验证的手机号或邮箱发送验证码，用来设置新密码。",
        "We send a code to the phone number or mail address that you have verified. With it you choose a new password.");
    public static readonly Phrase Way = new("发送到", "Send the code by");
    public static readonly Phrase ByPhone = new("账号绑定的手机号", "text message");
    public static readonly Phrase ByMail = new("账号的邮箱", "mail");
    public static readonly Phrase Send = new("发送验证码", "Send the code");

    // The same whether there is such an account or not, and a way to its person.
    public static readonly Phrase Sent = new(
        "如果此账号存在并有已验证的手机号或邮箱，验证码已经发出：",
        "If there is such an account, and a verified way to it, a code is on its way:");
    public static readonly Phrase Code = new("验证码", "Code");
    public static readonly Phrase Lasts = new("6位数字，10分钟内有效，最多可试5次。", "Six digits, valid for ten minutes and five tries.");
    public static readonly Phrase Submit = new("设置新密码", "Set the new password");
    public static readonly Phrase SendAgain = new("重新发送验证码", "Send another code");
    public static readonly Phrase Other = new("换一个账号", "Use another account");
    public static readonly Phrase Back = new("返回登录", "Back to the sign-in page");
    public static readonly Phrase Fault = new("密码未修改", "The password was not changed");

    public static readonly Phrase LoginMissing = new("请输入账号名或手机号。", "Enter your account name or phone number.");
    public static readonly Phrase Throttled = new(
        "每个账号每分钟只能发送一次，每天次数有限。请等一分钟再试；刚才收到的验证码仍然有效。",
        "An account can get one code a minute, and a limited number of codes a day. Wait a minute, then try again; the last code is still "
        + "valid.");
    public static readonly Phrase CodeMalformed = new("验证码是6位数字，请重新输入。", "The code has six digits. Type it again.");

    // The same for a wrong code, an old one and one that was never sent.
    public static readonly Phrase CodeInvalid = new(
        "验证码不正确，或已失效。请检查后重新输入；试过5次或超过10分钟后，请重新发送验证码。",
        "The code is wrong or has expired. Check it and type it again; after five tries or ten minutes, send another code.");

    public static readonly Phrase DoneTitle = new("密码已重置", "Your password was reset");
    public static readonly Phrase Done = new(
        "所有登录和令牌均已失效，请用新密码登录。", "All sign-ins and tokens have ended. Sign in with the new password.");
    public static readonly Phrase SignIn = new("登录", "Sign in");

    public static readonly Phrase ClosedTitle = new("无法发送验证码", "No code can be sent");
    public static readonly Phrase Closed = new(
        "此服务未设置短信或邮件。请联系管理员重置密码。", "This service has neither text messages nor mail. Ask its operator for a new password.");
}
