using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.Forms;

/// <summary>Something to say where there is nothing to do.</summary>
/// <param name="Next">An address to go on to; null where there is none.</param>
/// <param name="NextTitle">What stands on the way there.</param>
public sealed record Message(Phrase Title, Phrase Text, string? Next = null, Phrase? NextTitle = null)
{
    internal static Message NobodyAsks { get; } = new(
        new("链接已失效", "This link has expired"),
        new("此链接不完整或已过期（有效期10分钟）。请回到您要登录的应用，重新点击登录。",
            "The link is incomplete, or older than ten minutes. Go back to the app that you want to sign in to, and start again."));

    internal static Message BeginAgain(string address) => new(
        new("页面打开时间过长", "This page was open for too long"),
        new("页面的有效期为10分钟，未做任何更改。请重新开始，无需回到应用。",
            "It is good for ten minutes, and nothing was changed. You can begin again here, without going back to the app."),
        address, new("重新开始", "Begin again"));

    internal static Message SignedOut { get; } = new(
        new("您已退出登录", "You are signed out"),
        new("要登录其他应用，请在该应用中点击登录。", "To sign in to an app, start in that app."),
        PagePaths.Account, new("重新登录", "Sign in again"));

    internal static Message Outage { get; } = new(
        new("服务暂时不可用", "The service is not available"),
        new("请稍后重新加载此页面，未做任何更改。", "Nothing was changed. Reload this page in a moment."));

    internal static Message Reload(string address) => new(
        new("请重新加载页面", "Please reload the page"),
        new("表单已失效，未做任何更改。可能是页面打开太久，或浏览器不接受Cookie。",
            "The form has expired, and nothing was changed. It may have been open for too long, or the browser may reject cookies."),
        address, new("重新加载", "Reload"));
}
