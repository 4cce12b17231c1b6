using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.MyAccount;

/// <summary>A browser and its system as people know them, from what the browser says of itself.</summary>
internal static class AgentWords
{
    private static readonly Phrase s_unknown = new("未知设备", "Unknown device");
    private static readonly Phrase s_program = new("程序", "A program");

    /// <summary>The first that is there counts: nearly all say that they are those further down, too.</summary>
    private static readonly (string Mark, Phrase Name)[] s_browsers =
    [
        ("MicroMessenger/", new("微信", "WeChat")),
        ("HuaweiBrowser/",  new("华为浏览器", "Huawei Browser")),
        ("ArkWeb/",         new("华为浏览器", "Huawei Browser")),
        ("QQBrowser/",      new("QQ浏览器", "QQ Browser")),
        ("UCBrowser/",      new("UC浏览器", "UC Browser")),
        ("SamsungBrowser/", new("三星浏览器", "Samsung Internet")),
        ("Edg",             new("Edge", "Edge")),
        ("OPR/",            new("Opera", "Opera")),
        ("Firefox/",        new("Firefox", "Firefox")),
        ("FxiOS/",          new("Firefox", "Firefox")),
        ("CriOS/",          new("Chrome", "Chrome")),
        ("Chrome/",         new("Chrome", "Chrome")),
        ("Safari/",         new("Safari", "Safari")),
    ];

    private static readonly (string Mark, string Name)[] s_systems =
    [
        ("OpenHarmony", "HarmonyOS"),
        ("HarmonyOS",   "HarmonyOS"),
        ("Android",     "Android"),
        ("iPhone",      "iPhone"),
        ("iPad",        "iPad"),
        ("Windows",     "Windows"),
        ("Macintosh",   "macOS"),
        ("CrOS",        "ChromeOS"),
        ("Linux",       "Linux"),
    ];

    /// <summary><c>Firefox on Windows</c>.</summary>
    public static Phrase Of(string agent)
    {
        var browser = s_browsers.FirstOrDefault(one => agent.Contains(one.Mark, StringComparison.Ordinal)).Name;
        var system = s_systems.FirstOrDefault(one => agent.Contains(one.Mark, StringComparison.Ordinal)).Name;
        return (browser, system) switch
        {
            ({ } known, { } on) => new($"{on} 上的 {known.Zh}", $"{known.En} on {on}"),
            ({ } known, null) => known,
            (null, { } on) => new(on, on),
            _ => agent is "" ? s_unknown : s_program,
        };
    }
}
