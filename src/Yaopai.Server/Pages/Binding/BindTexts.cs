using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.Binding;

internal static class BindTexts
{
    public static readonly Phrase Title = new("绑定手机号", "Link your phone number");
    public static readonly Phrase Why = new(
        "扫码成功，但您还没有绑定账号。验证手机号后，将绑定使用该号码的账号；没有这样的账号时，为您新建一个。",
        "The scan worked, but you are not linked to an account yet. Verify your phone number to be linked to the account that has it, "
        + "or to a new one.");

    public static readonly Phrase Phone = new("手机号", "Phone number");
    public static readonly Phrase How = new(
        "中国大陆号码输入11位数字，其他号码以+和区号开头。", "Eleven digits for mainland China; begin other numbers with + and the calling code.");

    public static readonly Phrase Send = new("获取验证码", "Send a code");
    public static readonly Phrase Sent = new("验证码已发送至", "A code was sent to");
    public static readonly Phrase Code = new("验证码", "Verification code");
    public static readonly Phrase Lasts = new(
        "6位数字，10分钟内有效，最多可试5次。", "Six digits, valid for ten minutes and five tries.");

    public static readonly Phrase Bind = new("绑定并继续", "Link and continue");
    public static readonly Phrase SendAgain = new("重新发送验证码", "Send another code");
    public static readonly Phrase Other = new("换一个手机号", "Use another number");
    public static readonly Phrase Again = new("重新开始", "Begin again");
    public static readonly Phrase NotNow = new("暂不绑定，返回应用", "Not now: back to the app");
    public static readonly Phrase Fault = new("尚未绑定", "You are not linked yet");

    // Whoever talks a person into typing a code here has the account.
    public static readonly Phrase Beware = new(
        "只有刚才是您本人扫码时才继续。不要把验证码告诉任何人。",
        "Continue only if you scanned the QR code yourself. Do not share the verification code with anyone.");

    public static readonly Phrase PhoneMalformed = new(
        "这不是可用的手机号。请检查后重新输入。", "This is not a mobile number. Check it and type it again.");

    public static readonly Phrase Throttled = new(
        "每个号码每分钟只能发送一次，每天次数有限。请等一分钟再试；刚才收到的验证码仍然有效。",
        "A number can get one code a minute, and a limited number of codes a day. Wait a minute, then try again; "
        + "the last code is still valid.");

    public static readonly Phrase Undelivered = new(
        "验证码未能发出。请稍后再试。", "The code could not be sent. Try again in a moment.");

    public static readonly Phrase CodeMalformed = new("验证码是6位数字。请重新输入。", "The code has six digits. Type it again.");

    // The same text for a wrong code, an old one and one without a try left: trying codes tells nothing.
    public static readonly Phrase CodeInvalid = new(
        "验证码不正确，或已失效。请检查后重新输入；试过5次或超过10分钟后，请重新发送验证码。",
        "The code is wrong or has expired. Check it and type it again; after five tries or ten minutes, send another code.");

    // The number has been proved to be theirs by now: others learn nothing of it.
    public static readonly Phrase Taken = new(
        "使用该号码的账号已绑定其他人，或不能登录。请换一个手机号，或点击“重新开始”并让已绑定的人扫码。",
        "The account with this number is linked to somebody else, or cannot sign in. Use another number, or begin again and scan as the "
        + "person who is linked to it.");

    public static readonly Phrase Recycled = new(
        "使用该号码的账号已被回收，30天内可以恢复。请联系应用恢复账号，或换一个手机号。",
        "The account with this number was deleted and can be restored within 30 days. Ask the app to restore it, or use another number.");

    private static readonly Phrase s_again = new("重新开始", "Begin again");

    public static readonly Message Broken = new(
        new("链接已失效", "This link has expired"),
        new("此链接不完整或已过期。请回到应用，重新点击登录。", "The link is incomplete or has expired. Go back to the app and start again."));

    /// <summary>What the ticket was used for, or why there is none, the next sign-in says.</summary>
    public static Message Over(BindVisit visit) => new(
        new("此页面已失效", "This page has expired"),
        new("须在扫码后10分钟内、在同一浏览器中完成绑定，且只能完成一次。请重新开始；如果已经绑定，扫码后即可登录。",
            "It works once, within ten minutes, in the browser where you started. Begin again: if you are already linked, the scan "
            + "signs you in."),
        visit.BeginAgain, s_again);

    public static Message Busy(BindVisit visit) => new(
        new("服务繁忙", "The service is busy"),
        new("未能完成绑定。请稍等片刻，重新开始。", "You could not be linked. Wait a moment, then begin again."), visit.BeginAgain, s_again);
}
