using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.ErrorReference;

/// <summary>The words that the pages about errors share.</summary>
internal static class ErrorTexts
{
    public static readonly Phrase Title = new("错误码", "Errors");
    public static readonly Phrase Code = new("代码", "Code");
    public static readonly Phrase Message = new("含义", "Message");
    public static readonly Phrase Name = new("名称", "Name");
    public static readonly Phrase Audience = new("由谁处理", "Fixed by");
    public static readonly Phrase Retry = new("重试", "Retry");
    public static readonly Phrase Path = new("当前位置", "Breadcrumb");
    public static readonly Phrase Find = new("查找", "Find");
    public static readonly Phrase Search = new("查找错误码", "Find an error");
    public static readonly Phrase Hint = new("代码、名称或含义", "Code, name or message");
}
