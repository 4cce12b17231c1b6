using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.SigningIn;

internal static class CodeTexts
{
    public static readonly Phrase Title = new("输入验证码", "Enter your code");
    public static readonly Phrase What = new(
        "请打开您的验证器应用，输入其中显示的6位验证码。", "Open your authenticator app, and enter the six digits that it shows.");
    public static readonly Phrase Code = new("验证码", "Code");
    public static readonly Phrase Submit = new("登录", "Sign in");
    public static readonly Phrase NoPhone = new("使用恢复码", "Use a recovery code");
    public static readonly Phrase Recovery = new("恢复码", "Recovery code");
    public static readonly Phrase RecoveryHow = new(
        "开启两步验证时您保存的恢复码之一，每个只能使用一次。",
        "One of those that you saved when you turned on two-step sign-in. Each is good once.");
    public static readonly Phrase Again = new("使用其他账号登录", "Sign in with another account");
    public static readonly Phrase Refused = new(
        "验证码不正确或已被使用，请等待下一个验证码后重试。", "The code is wrong, or was used before. Wait for the next one, then try again.");
}
