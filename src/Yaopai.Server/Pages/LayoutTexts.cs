using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages;

internal static class LayoutTexts
{
    public static readonly Phrase Skip = new("跳到正文", "Skip to the content");
    public static readonly Phrase Brand = new("腰牌", "Yaopai");
    public static readonly Phrase Pages = new("主导航", "Main");
    public static readonly Phrase Errors = new("错误码", "Errors");
    public static readonly Phrase Languages = new("语言", "Language");

    public static readonly Phrase Owners = new(
        "各平台名称归其所有者所有，腰牌与其无关联。",
        "The platforms’ names belong to their owners; Yaopai is not affiliated with them.");
}
