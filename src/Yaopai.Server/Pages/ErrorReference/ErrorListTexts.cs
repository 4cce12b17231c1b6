using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.ErrorReference;

internal static class ErrorListTexts
{
    public static readonly Phrase Surfaces = new("平台接口", "API");
    public static readonly Phrase All = new("全部", "All");
    public static readonly Phrase Operations = new("操作", "Operation");
    public static readonly Phrase Count = new("共 {0} 个错误码", "{0} errors");
    public static readonly Phrase CountFound = new("{1} 个错误码中找到 {0} 个", "{0} of {1} errors");
    public static readonly Phrase Clear = new("清除条件", "Clear");
    public static readonly Phrase Nothing = new("没有符合条件的错误码。", "No error matches.");
    public static readonly Phrase NothingHow = new("试试较短的词，或只输入代码，例如 20155。", "Try a shorter word, or only the code, for example 20155.");
    public static readonly Phrase Table = new("错误码列表", "Errors");

    public static readonly Phrase Lead = new(
        "每个接口的每个错误码：含义、由谁处理、能否重试。",
        "Every error of every API: what it means, who can fix it, and whether to try again.");

    public static readonly Phrase TooLong = new(
        "查找内容有 {0} 个字符，最多 {1} 个。请只输入代码或几个关键词。",
        "Your search has {0} characters; the maximum is {1}. Enter only the code, or a few words.");
}
