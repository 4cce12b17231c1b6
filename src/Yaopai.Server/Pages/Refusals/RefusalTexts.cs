using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.Refusals;

internal static class RefusalTexts
{
    public static readonly Phrase Title = new("无法完成此请求", "This request cannot be completed");
    public static readonly Phrase CallerMends = new("应用发来的请求有误，您不必做任何事。请回到应用，或联系其开发者。",
        "The app sent an invalid request. There is nothing for you to do here: go back to the app, or tell its developer.");
    public static readonly Phrase PersonMends = new(
        "此页面无法继续。请按下面的说明处理，或返回应用。",
        "You cannot continue here. Follow the instructions below, or go back to the app.");
    public static readonly Phrase OursToMend = new(
        "服务暂时出现问题。请稍后重试。", "Something is wrong with this service at the moment. Please try again later.");
    public static readonly Phrase ForDevelopers = new("开发者信息", "For the developer");
    public static readonly Phrase Code = new("错误码", "Code");
    public static readonly Phrase RequestId = new("请求编号", "Request id");
}
