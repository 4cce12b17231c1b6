namespace Yaopai.Server.Pages.Forms;

internal static class FormTexts
{
    public static readonly Phrase Reload = new("重新加载", "Reload");
}
