using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.Devices;

internal static class DeviceTexts
{
    public static readonly Phrase Title = new("在设备上登录", "Sign in on a device");
    public static readonly Phrase Compare = new("请核对，您的设备上显示的应是：", "Check that your device shows this code:");

    // RFC 8628 §5.4: a person who follows a link that an attacker sent would sign in on the attacker’s device.
    public static readonly Phrase Beware = new(
        "只有当您面前的设备正显示此代码时才能同意。如果代码不同，或此链接、代码由他人发来，请拒绝。",
        "Allow this only if the device in front of you shows the same code. If it shows another, or if somebody sent you this link "
        + "or code, refuse.");

    public static readonly Phrase Another = new(
        "要用其他账号登录设备，请在此拒绝，并在设备上重新获取代码。", "To sign in with another account, refuse here and get a new code on the device.");

    public static readonly Phrase Type = new("请输入您的设备上显示的代码。", "Type the code that your device shows.");
    public static readonly Phrase UserCode = new("设备上的代码", "Code on the device");
    public static readonly Phrase GoOn = new("继续", "Continue");
    public static readonly Phrase Fault = new("此代码不可用", "This code cannot be used");
    public static readonly Phrase Number = new("错误码", "Error");

    public static readonly Message Allowed = new(
        new("已同意", "You allowed it"),
        new("请回到您的设备，几秒内即可登录。此页面可以关闭。", "Go back to your device; it continues within seconds. You can close this page."));

    public static readonly Message Refused = new(
        new("已拒绝", "You refused"),
        new("设备未登录，未共享任何信息。此页面可以关闭。", "The device is not signed in, and nothing was shared. You can close this page."));

    public static readonly Message Broken = new(
        new("链接已失效", "This link has expired"),
        new("此链接不完整或已过期（有效期10分钟）。请重新扫描设备上的二维码，或重新打开设备上显示的地址。",
            "The link is incomplete, or older than ten minutes. Scan the code on your device again, or open the address that it shows."));

    private static readonly Phrase s_unknown = new(
        "没有设备在等待此代码。请检查是否输入有误；代码几分钟后失效，可在设备上重新获取。",
        "No device is waiting for this code. Check what you typed; a code expires in a few minutes, and your device can show a new one.");

    private static readonly Phrase s_taken = new(
        "此代码已由其他人打开，或已经处理过。请在设备上重新获取代码。",
        "Somebody else has opened this code, or it was already answered. Get a new code on your device.");

    /// <summary>What is wrong with a code that was typed or scanned.</summary>
    internal static Phrase TextOf(UserCodeFault fault) => fault is UserCodeFault.Unknown ? s_unknown : s_taken;
}
