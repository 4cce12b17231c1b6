using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.SigningIn;

internal static class SignInTexts
{
    public static readonly Phrase Title = new("登录", "Sign in");
    public static readonly Phrase For = new("登录后继续前往", "to continue to");
    public static readonly Phrase Login = new("账号名或手机号", "Account name or phone number");
    public static readonly Phrase Password = new("密码", "Password");
    public static readonly Phrase Submit = new("登录", "Sign in");
    public static readonly Phrase Fault = new("未能登录", "You are not signed in");

    // The same text for an unknown name and for a wrong password, so that trying names tells nothing.
    public static readonly Phrase Refused = new("账号或密码不正确。", "The account or password is wrong.");
    public static readonly Phrase Disabled = new("此账号已停用，无法登录。", "This account is suspended and cannot sign in.");
}
