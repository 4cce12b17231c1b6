using Yaopai.Server.Accounts.SecondFactors;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.MyAccount.SecondFactor;

internal static class SecondFactorTexts
{
    public static readonly Phrase Title = new("两步验证", "Two-step sign-in");
    public static readonly Phrase What = new(
        "开启后，登录时除密码外还需要输入手机上验证器应用显示的验证码。",
        "With it, signing in takes your password and a code that an authenticator app on your phone shows.");

    public static readonly Phrase Scan = new(
        "1. 用验证器应用扫描二维码，或手动输入密钥。", "1. Scan the QR code with an authenticator app, or enter the key by hand.");
    public static readonly Phrase Picture = new("两步验证二维码", "QR code for two-step sign-in");
    public static readonly Phrase Key = new("密钥", "Key");
    public static readonly Phrase Open = new("在此设备的验证器应用中打开", "Open in an authenticator app on this device");
    public static readonly Phrase Confirm = new("2. 输入应用显示的6位验证码。", "2. Enter the six digits that the app shows.");
    public static readonly Phrase TurnOn = new("开启两步验证", "Turn on");

    public static readonly Phrase On = new("两步验证已开启，始于", "Two-step sign-in is on, since");
    public static readonly Phrase Left = new("剩余恢复码：{0} 个", "Recovery codes left: {0}");
    public static readonly Phrase Code = new("验证码或恢复码", "Code, or recovery code");
    public static readonly Phrase CodeHow = new(
        "以下操作都需要验证器应用显示的验证码。", "Either of these takes a code of your authenticator app.");
    public static readonly Phrase Renew = new("生成新的恢复码", "Make new recovery codes");
    public static readonly Phrase RenewHow = new("原有的恢复码将全部失效。", "Those that you have end.");
    public static readonly Phrase TurnOff = new("关闭两步验证", "Turn off");
    public static readonly Phrase TurnOffHow = new("此后登录只需要密码。", "From then on your password alone signs you in.");

    public static readonly Phrase Fault = new("未做任何更改", "Nothing was changed");
    public static readonly Phrase NotConfirmed = new(
        "验证码不正确。请检查手机的时间是否准确，然后输入当前显示的验证码。",
        "The code is wrong. See that the clock of your phone is right, then enter the code that it shows now.");

    public static readonly Phrase CodesTitle = new("请保存您的恢复码", "Save your recovery codes");
    public static readonly Phrase TurnedOn = new(
        "两步验证已开启，您在其他设备上的登录均已退出。", "Two-step sign-in is on. You are signed out everywhere else.");
    public static readonly Phrase Renewed = new("原有的恢复码已失效。", "The recovery codes that you had have ended.");
    public static readonly Phrase CodesWhat = new(
        $"手机丢失时，可以用恢复码代替验证码登录，每个只能使用一次。这{RecoveryCodes.Count}个恢复码只显示这一次，请打印或抄写下来妥善保管。",
        $"Without your phone you sign in with one of these instead of a code. Each is good once. These {RecoveryCodes.Count} are shown "
        + "only now: print them, or write them down.");
    public static readonly Phrase Saved = new("我已保存", "I have saved them");
    public static readonly Phrase Back = new("返回我的账号", "Back to your account");
}
