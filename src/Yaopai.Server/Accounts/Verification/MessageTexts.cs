using System.Globalization;

namespace Yaopai.Server.Accounts.Verification;

/// <summary>What messages say, in both languages, one below the other: whoever is written to did not ask in one.</summary>
internal static class MessageTexts
{
    /// <summary>{0} is the code, {1} for how many minutes it lasts, {2} when it happened, {3} from which address.</summary>
    private static readonly Dictionary<MessageKind, (string Subject, string Zh, string En)> s_texts = new()
    {
        [MessageKind.Code] = (
            "验证码 / Verification code",
            "您的验证码：{0}。{1}分钟内有效，请勿告诉任何人。",
            "Your verification code: {0}. It lasts {1} minutes. Do not share it with anyone."),
        [MessageKind.PasswordCode] = (
            "重置密码 / Reset your password",
            "您的重置密码验证码：{0}。{1}分钟内有效，请勿告诉任何人。如非您本人操作，请忽略：您的密码没有改变。",
            "Your code to reset your password: {0}. It lasts {1} minutes. Do not share it with anyone. If you did not ask for it, ignore "
            + "it: your password has not changed."),
        [MessageKind.SignUpCode] = (
            "注册账号 / Create an account",
            "您的注册验证码：{0}。{1}分钟内有效，请勿告诉任何人。如非您本人操作，请忽略。",
            "Your code to create an account: {0}. It lasts {1} minutes. Do not share it with anyone. If you did not ask for it, ignore "
            + "it."),
        [MessageKind.HasAccount] = (
            "您已有账号 / You have an account",
            "有人（也许是您）想用此号码注册新账号，但它已绑定一个账号。忘记密码时，请在登录页面点击“忘记密码”。",
            "Somebody, perhaps you, wanted to create an account with this number, which has one already. If you forgot its password, "
            + "follow “Forgot your password?” on the sign-in page."),
        [MessageKind.NewDevice] = (
            "新设备登录 / Signed in on a new device",
            "您的账号于{2}在一台新设备上登录（地址：{3}）。如非您本人操作，请立即修改密码，并在“我的账号”中退出该设备。",
            "Somebody signed in to your account on a new device at {2} (address {3}). If it was not you, change your password now, and "
            + "sign the device out at “Your account”."),
        [MessageKind.PasswordChanged] = (
            "密码已修改 / Your password was changed",
            "您的账号密码于{2}被修改，所有登录均已退出。如非您本人操作，请立即重置密码。",
            "The password of your account was changed at {2}, and all sign-ins have ended. If it was not you, reset your password now."),
        [MessageKind.SecondFactorOn] = (
            "两步验证已开启 / Two-step sign-in is on",
            "您的账号于{2}开启了两步验证。如非您本人操作，请立即修改密码并联系管理员。",
            "Two-step sign-in was turned on for your account at {2}. If it was not you, change your password now, and tell the operator."),
        [MessageKind.SecondFactorOff] = (
            "两步验证已关闭 / Two-step sign-in is off",
            "您的账号于{2}关闭了两步验证。如非您本人操作，请立即修改密码。",
            "Two-step sign-in was turned off for your account at {2}. If it was not you, change your password now."),
    };

    public static string SubjectOf(VerificationMessage message) => s_texts[message.Kind].Subject;

    public static (string Zh, string En) TextOf(VerificationMessage message)
    {
        var (_, zh, en) = s_texts[message.Kind];
        var at = message.SentAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        object[] values = [message.Code, (long)message.Lifetime.TotalMinutes, at, message.Address];
        return (string.Format(CultureInfo.InvariantCulture, zh, values), string.Format(CultureInfo.InvariantCulture, en, values));
    }
}
