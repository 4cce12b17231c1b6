using Yaopai.Server.Accounts;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.MyAccount;

internal static class PasswordTexts
{
    public static readonly Phrase Title = new("修改密码", "Change your password");
    public static readonly Phrase What = new(
        "修改后，您在所有设备上的登录和所有应用持有的令牌都会失效。",
        "This ends all your sign-ins, on this device too, and revokes all tokens that apps hold for you.");
    public static readonly Phrase Old = new("当前密码", "Current password");
    public static readonly Phrase Chosen = new("新密码", "New password");
    public static readonly Phrase ChosenHow = new(
        $"{Passwords.Shortest}至{Passwords.Longest}个字符", $"{Passwords.Shortest} to {Passwords.Longest} characters");
    public static readonly Phrase Again = new("再次输入新密码", "Repeat the new password");
    public static readonly Phrase Submit = new("修改密码", "Change the password");
    public static readonly Phrase Back = new("返回我的账号", "Back to your account");
    public static readonly Phrase Fault = new("密码未修改", "The password was not changed");

    public static readonly Phrase Different = new("两次输入的新密码不一致。", "The new passwords differ.");
    public static readonly Phrase Refused = new("当前密码不正确。", "The current password is wrong.");
    public static readonly Phrase Unacceptable = new(
        $"新密码须为{Passwords.Shortest}至{Passwords.Longest}个字符。",
        $"The new password has to have {Passwords.Shortest} to {Passwords.Longest} characters.");
    public static readonly Phrase Guessable = new(
        "新密码太容易被猜到，请换一个：不要用常见的密码、您的用户名或手机号码。",
        "The new password is easily guessed. Do not use a common password, your user name or your phone number.");
    public static readonly Phrase Same = new("新密码与当前密码相同。", "The new password is the same as the current one.");

    public static readonly Phrase ChangedTitle = new("密码已修改", "Your password was changed");
    public static readonly Phrase Changed = new(
        "所有登录和令牌均已失效，请用新密码重新登录。", "All sign-ins and tokens have ended. Sign in with the new password.");
    public static readonly Phrase SignIn = new("重新登录", "Sign in");
}
