using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Sandbox.WeChat;

/// <summary>Somebody who uses WeChat.</summary>
/// <param name="Phone">In mainland China; null for nobody's.</param>
internal sealed record WeChatPerson(string Name, string Nickname, string? Phone)
{
    /// <summary>The same at every account of the developer.</summary>
    public string UnionId => IdOf("union");

    public string? AvatarUrl => $"https://demo.example/wechat/{Name}.png";

    /// <summary>Another at each account.</summary>
    public string OpenIdAt(string weChatAppId) => IdOf(weChatAppId);

    private string IdOf(string where) =>
        "o" + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{where}\0{Name}")).AsSpan(0, 20));
}

/// <summary>Who uses the sandbox's WeChat, and which accounts it knows: fixed, so that a test against them can be written down.</summary>
internal static class WeChatPeople
{
    /// <summary>Where the sandbox's WeChat is.</summary>
    public const string BasePath = "/sandbox/wechat";

    private const string Prefix = "wx";

    public static IReadOnlyList<WeChatPerson> All { get; } =
    [
        new("xiaowei",  "小微", "13900139001"),
        new("xiaoxin",  "小信", "13900139002"),
        new("xiaocheng", "小程", "13900139003"),
        new("nonumber", "无号", null),
    ];

    /// <summary>Those of the demo app.</summary>
    public static IReadOnlyList<WeChatAccount> Accounts { get; } =
    [
        new()
        {
            AppId = DemoData.Apps[0].ClientId,
            Kind = WeChatKind.OfficialAccount,
            WeChatAppId = "wxdemo0000official",
            Secret = "d3100000000000000000000000000a01",
            OriginalId = "gh_demo00000001",
            PushToken = "demopushtoken",
            EncodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
            BaseUrl = BasePath,
        },
        new()
        {
            AppId = DemoData.Apps[0].ClientId,
            Kind = WeChatKind.MiniProgram,
            WeChatAppId = "wxdemo0000miniprog",
            Secret = "d3100000000000000000000000000a02",
            BaseUrl = BasePath,
        },
    ];

    public static WeChatPerson? Find(string? name) => All.FirstOrDefault(person => person.Name == name);

    public static WeChatPerson? FindAt(WeChatAccount account, string? openId) =>
        All.FirstOrDefault(person => person.OpenIdAt(account.WeChatAppId) == openId);

    /// <summary>Those of another app: ids made of its client_id, so that nothing has to be remembered.</summary>
    public static IReadOnlyList<WeChatAccount> AccountsOf(long clientId) =>
    [
        Accounts[0] with { AppId = clientId, WeChatAppId = $"{Prefix}{clientId}official", OriginalId = $"gh_{clientId}" },
        Accounts[1] with { AppId = clientId, WeChatAppId = $"{Prefix}{clientId}miniprog" },
    ];

    /// <summary>Those that an app has here, or would have.</summary>
    public static IReadOnlyList<WeChatAccount> AccountsFor(long clientId) =>
        Accounts.All(account => account.AppId == clientId) ? Accounts : AccountsOf(clientId);

    public static WeChatAccount? FindAccount(string? weChatAppId) =>
        Accounts.FirstOrDefault(account => account.WeChatAppId == weChatAppId) ?? FindAccountOfAnother(weChatAppId ?? "");

    private static WeChatAccount? FindAccountOfAnother(string weChatAppId)
    {
        if (!weChatAppId.StartsWith(Prefix, StringComparison.Ordinal))
            return null;

        var digits = weChatAppId[Prefix.Length..].TakeWhile(char.IsAsciiDigit).ToArray();
        return long.TryParse(digits, out var clientId)
            ? AccountsOf(clientId).FirstOrDefault(account => account.WeChatAppId == weChatAppId)
            : null;
    }
}
