using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.Posting;

internal static class FormPostTexts
{
    public static readonly Phrase Title = new("正在返回应用", "Going back to the app");
    public static readonly Phrase Text = new("如果页面没有自动跳转，请点击按钮。", "If nothing happens, press the button.");
    public static readonly Phrase GoOn = new("继续", "Continue");
}
