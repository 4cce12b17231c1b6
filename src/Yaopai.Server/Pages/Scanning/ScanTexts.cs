using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.Scanning;

internal static class ScanTexts
{
    public static readonly Phrase Title = new("扫码登录", "Scan to sign in");
    public static readonly Phrase How = new("请用微信扫描此二维码。", "Scan this code with WeChat.");

    public static readonly Phrase HowOnPhone = new(
        "请用手机扫描此二维码，在手机上核对下方代码并同意。", "Scan this with your phone, compare the code below there, and allow it.");

    public static readonly Phrase Picture = new("登录二维码", "QR code for signing in");
    public static readonly Phrase Waiting = new("等待扫码……", "Waiting for the scan…");
    public static readonly Phrase Scanned = new("已扫码，正在登录……", "Scanned. Signing in…");
    public static readonly Phrase WaitingOnPhone = new("等待手机确认……", "Waiting for your phone…");
    public static readonly Phrase Answered = new("手机已回应，正在继续……", "Your phone has answered. Continuing…");
    public static readonly Phrase Allowed = new("我已同意", "I have allowed it");
    public static readonly Phrase WithPassword = new("用密码登录", "Sign in with a password");
    public static readonly Phrase Over = new("二维码已失效。", "This code has expired.");
    public static readonly Phrase Done = new("我已扫码", "I have scanned it");
    public static readonly Phrase Again = new("换一个二维码", "Get another code");

    // An attacker may show the code of their own page to somebody else.
    public static readonly Phrase Beware = new(
        "只扫描您自己打开的页面上的二维码；他人发来的二维码会让对方以您的身份登录。",
        "Scan only codes on pages that you opened yourself. A code that somebody sent you signs them in as you.");

    public static readonly Message Broken = new(
        new("没有可扫描的二维码", "There is no code to scan"),
        new("此链接不完整或已过期。请回到应用，重新点击登录。", "The link is incomplete or has expired. Go back to the app and start again."));
}
