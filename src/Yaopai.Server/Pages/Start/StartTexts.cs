using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.Start;

internal static class StartTexts
{
    public static readonly Phrase Title = new("腰牌已在运行", "Yaopai is running");
    public static readonly Phrase Lead = new(
        "自托管的开放账号平台：用户、应用、令牌和开放接口。", "A self-hosted open account platform: people, apps, tokens and open APIs.");
    public static readonly Phrase TrySignIn = new("试一次登录", "Try a sign-in");
    public static readonly Phrase Errors = new("查错误码", "Look up an error");
    public static readonly Phrase Requests = new("请求记录", "Recent requests");
    public static readonly Phrase Account = new("我的账号", "My account");
    public static readonly Phrase Platforms = new("已启用的平台", "Platforms");
    public static readonly Phrase Platform = new("平台", "Platform");
    public static readonly Phrase Address = new("地址", "Address");
    public static readonly Phrase ErrorCount = new("错误码", "Errors");
    public static readonly Phrase Count = new("{0}个", "{0} errors");
    public static readonly Phrase Demo = new("演示数据", "Demo data");
    public static readonly Phrase People = new("用户", "People");
    public static readonly Phrase Password = new("密码", "Password");
    public static readonly Phrase Apps = new("应用（client_id）", "Apps (client_id)");
    public static readonly Phrase Command = new("获取令牌（复制到终端）", "A token, to copy into a terminal");
    public static readonly Phrase Sandbox = new("沙箱", "The sandbox");
    public static readonly Phrase Shows = new("内容", "What it shows");
    public static readonly Phrase Requested = new("最近的请求，以及它们为什么被拒绝", "The last requests, and why they were refused");
    public static readonly Phrase Coverage = new("应用遇到过哪些有文档的错误", "Which documented errors an app has met");
    public static readonly Phrase Worlds = new("并行测试用的世界：每个测试一份演示数据", "Worlds for parallel tests: a copy of the demo data for each");
    public static readonly Phrase Faults = new("能够制造的故障", "What can be broken");
    public static readonly Phrase Data = new("演示数据，含密钥", "The demo data, with its secrets");
    public static readonly Phrase Documents = new("文档", "Documents");
    public static readonly Phrase InTheSources = new("在源代码目录中：", "In the source tree:");
    public static readonly Phrase QuickStart = new("docs/zh/quickstart.md", "docs/quickstart.md");
    public static readonly Phrase SandboxGuide = new("docs/zh/sandbox.md", "docs/sandbox.md");
    public static readonly Phrase Operations = new("docs/zh/operations.md", "docs/operations.md");
    public static readonly Phrase Nothing = new("此地址没有内容", "There is nothing at this address");
    public static readonly Phrase Asked = new("请求的地址：", "You asked for");
    public static readonly Phrase Nearest = new("最接近的地址：", "The nearest address is");
    public static readonly Phrase Start = new("前往首页", "Go to the start page");
}
