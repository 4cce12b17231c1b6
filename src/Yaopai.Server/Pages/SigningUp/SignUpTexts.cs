using Yaopai.Server.Accounts;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.SigningUp;

internal static class SignUpTexts
{
    public static readonly Phrase Link = new("注册新账号", "Create an account");
    public static readonly Phrase Title = new("注册新账号", "Create an account");
    public static readonly Phrase What = new("我们先发送一个验证码，确认它属于您。", "First we send a code, to see that it is yours.");
    public static readonly Phrase Contact = new("手机号或邮箱", "Phone number or mail address");
    public static readonly Phrase Number = new("手机号", "Phone number");
    public static readonly Phrase Mail = new("邮箱", "Mail address");
    public static readonly Phrase NumberHow = new(
        "中国大陆号码输入11位数字，其他号码以+和区号开头。", "Eleven digits for mainland China; begin other numbers with + and the calling code.");
    public static readonly Phrase Send = new("获取验证码", "Send a code");

    // The same whether it has an account or not.
    public static readonly Phrase Sent = new("验证码已发送至", "A code was sent to");
    public static readonly Phrase Code = new("验证码", "Code");
    public static readonly Phrase Lasts = new("6位数字，10分钟内有效，最多可试5次。", "Six digits, valid for ten minutes and five tries.");
    public static readonly Phrase Name = new("账号名", "Account name");
    public static readonly Phrase NameHow = new(
        $"用于登录，1至{AccountFormats.LongestName}个字符。", $"You sign in with it. 1 to {AccountFormats.LongestName} characters.");
    public static readonly Phrase Password = new("密码", "Password");
    public static readonly Phrase Again = new("再次输入密码", "Repeat the password");
    public static readonly Phrase Submit = new("注册", "Create the account");
    public static readonly Phrase SendAgain = new("重新发送验证码", "Send another code");
    public static readonly Phrase Other = new("换一个手机号或邮箱", "Use another number or address");
    public static readonly Phrase HasOne = new("已有账号，去登录", "I have an account: sign in");
    public static readonly Phrase Fault = new("账号未注册", "The account was not created");

    public static readonly Phrase Malformed = new(
        "这不是可用的手机号或邮箱。请检查后重新输入。", "This is neither a mobile number nor a mail address. Check it and type it again.");
    public static readonly Phrase Throttled = new(
        "每个号码或邮箱每分钟只能发送一次，每天次数有限。请等一分钟再试；刚才收到的验证码仍然有效。",
        "A number or an address can get one code a minute, and a limited number of codes a day. Wait a minute, then try again; the last "
        + "code is still valid.");
    public static readonly Phrase NameMalformed = new(
        $"账号名须为1至{AccountFormats.LongestName}个字符。", $"The account name has to have 1 to {AccountFormats.LongestName} characters.");
    public static readonly Phrase NameTaken = new("此账号名已被使用，请换一个。", "This account name is taken. Choose another one.");

    public static readonly Phrase ClosedTitle = new("未开放注册", "Accounts cannot be created here");
    public static readonly Phrase Closed = new("请联系此服务的管理员获取账号。", "Ask the operator of this service for an account.");
}
