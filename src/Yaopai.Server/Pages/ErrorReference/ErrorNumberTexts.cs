using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.ErrorReference;

internal static class ErrorNumberTexts
{
    public static readonly Phrase Meanings = new("{0} 种含义，按返回方式与说明区分", "{0} meanings; compare where the error was sent and its message");
    public static readonly Phrase WholeCode = new("查看代码 {0} 的全部含义", "All meanings of the code {0}");
    public static readonly Phrase Remedy = new("处理建议", "What to do");
    public static readonly Phrase Channel = new("返回位置", "Sent in");
    public static readonly Phrase Http = new("HTTP 状态码", "HTTP status");
    public static readonly Phrase Origin = new("来源", "Origin");
    public static readonly Phrase Documented = new("官方文档", "The platform’s documents");
    public static readonly Phrase Beyond = new("官方文档未列出", "Not in the platform’s documents");
    public static readonly Phrase Operation = new("操作", "Operation");
    public static readonly Phrase Before = new("上一个", "Previous");
    public static readonly Phrase After = new("下一个", "Next");
    public static readonly Phrase Provoke = new("触发方法", "Provoke it");
    public static readonly Phrase Real = new("真实触发", "For real");
    public static readonly Phrase Forced = new("强制返回", "By force");
    public static readonly Phrase ForcedHow = new("沙箱对这一次请求直接返回该错误。", "The sandbox answers this one request with the error.");
    public static readonly Phrase NoRequest = new("没有请求能真实触发它。", "No request earns it for real.");
    public static readonly Phrase Copy = new("复制", "Copy");
    public static readonly Phrase Copied = new("已复制", "Copied");
    public static readonly Phrase Where = new("出现于", "Where it occurs");
}
