using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.OutOfBand;

internal static class OutOfBandTexts
{
    public static readonly Phrase Title = new("授权成功", "Access allowed");
    public static readonly Phrase Carry = new("请复制以下授权码，粘贴到：", "Copy this code and paste it into");
    public static readonly Phrase Code = new("授权码", "Code");
    public static readonly Phrase Once = new("授权码只能使用一次，且很快失效，请勿发送给他人。", "It works once and expires soon. Do not share it with anyone.");
    public static readonly Phrase GoBack = new("请返回应用继续：", "Go back to");

    public static readonly Message Over = new(
        new("无法显示授权码", "There is no code to show"),
        new("此链接不完整或已过期（有效期10分钟）。请回到应用，重新点击登录。",
            "The link is incomplete, or older than ten minutes. Go back to the app and start again."));
}
