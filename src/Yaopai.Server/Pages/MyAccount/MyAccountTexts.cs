using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.MyAccount;

internal static class MyAccountTexts
{
    public static readonly Phrase Title = new("我的账号", "Your account");
    public static readonly Phrase SignedInAs = new("当前账号：", "Signed in as");
    public static readonly Phrase SignOut = new("退出登录", "Sign out");
    public static readonly Phrase ChangePassword = new("修改密码", "Change your password");
    public static readonly Phrase SecondFactor = new("两步验证", "Two-step sign-in");
    public static readonly Phrase IsOn = new("已开启", "on");
    public static readonly Phrase IsOff = new("未开启", "off");
    public static readonly Phrase Granted = new("已授权的应用", "Apps that you allowed");
    public static readonly Phrase NothingGranted = new("您没有授权过任何应用。", "You have not allowed any apps.");
    public static readonly Phrase Since = new("授权于", "Since");
    public static readonly Phrase Sharing = new("分享的手机号：", "Phone number shared:");
    public static readonly Phrase Withdraw = new("取消授权", "Withdraw");
    public static readonly Phrase WithdrawFrom = new("取消授权：{0}", "Withdraw access from {0}");
    public static readonly Phrase WithdrawHow = new(
        "取消后，该应用立即无法再访问您的信息；下次登录时需要您重新同意。",
        "The app loses access to your data at once, and has to ask you again the next time.");

    public static readonly Phrase Sessions = new("登录的设备", "Where you are signed in");
    public static readonly Phrase ThisDevice = new("当前设备", "this device");
    public static readonly Phrase SignedInAt = new("登录于", "Signed in");
    public static readonly Phrase From = new("来自", "from");
    public static readonly Phrase EndSession = new("退出", "Sign out");
    public static readonly Phrase EndSessionOf = new("退出：{0}，{1}", "Sign out {0}, {1}");
    public static readonly Phrase EndOthers = new("退出所有其他设备", "Sign out everywhere else");
    public static readonly Phrase SessionsHow = new(
        "如有您不认识的设备，请将其退出，并修改密码。", "If you do not know one of these, sign it out, and change your password.");

    private static readonly Dictionary<string, Phrase> s_done = new()
    {
        ["second-factor-off"] = new("两步验证已关闭。", "Two-step sign-in is off."),
        ["session"] = new("已退出该设备。", "That device is signed out."),
        ["no-session"] = new("未做任何更改：该设备已经退出。", "Nothing was changed: that device was signed out before."),
        ["others"] = new("已退出所有其他设备。", "You are signed out everywhere else."),
        ["withdrawn"] = new("已取消授权。", "Withdrawn."),
        ["nothing"] = new("未做任何更改：该应用目前没有您的授权。", "Nothing was changed: that app has no access."),
    };

    public static Phrase? Done(string what) => s_done.GetValueOrDefault(what);
}
