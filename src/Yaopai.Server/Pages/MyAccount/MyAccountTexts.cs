using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.MyAccount;

internal static class MyAccountTexts
{
    public static readonly Phrase Title = new("我的账号", "Your account");
    public static readonly Phrase SignedInAs = new("当前账号：", "Signed in as");
    public static readonly Phrase SignOut = new("退出登录", "Sign out");
    public static readonly Phrase ChangePassword = new("修改密码", "Change your password");
    public static readonly Phrase Granted = new("已授权的应用", "Apps that you allowed");
    public static readonly Phrase NothingGranted = new("您没有授权过任何应用。", "You have not allowed any apps.");
    public static readonly Phrase Since = new("授权于", "Since");
    public static readonly Phrase Sharing = new("分享的手机号：", "Phone number shared:");
    public static readonly Phrase Withdraw = new("取消授权", "Withdraw");
    public static readonly Phrase WithdrawFrom = new("取消授权：{0}", "Withdraw access from {0}");
    public static readonly Phrase WithdrawHow = new(
        "取消后，该应用立即无法再访问您的信息；下次登录时需要您重新同意。",
        "The app loses access to your data at once, and has to ask you again the next time.");

    private static readonly Dictionary<string, Phrase> s_done = new()
    {
        ["withdrawn"] = new("已取消授权。", "Withdrawn."),
        ["nothing"] = new("未做任何更改：该应用目前没有您的授权。", "Nothing was changed: that app has no access."),
    };

    public static Phrase? Done(string what) => s_done.GetValueOrDefault(what);
}
