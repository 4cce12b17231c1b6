namespace Yaopai.Server.Upstreams.WeChat;

internal enum WeChatKind
{
    OfficialAccount,
    MiniProgram,
}

/// <summary>What an app is at WeChat: an official account, or a mini program.</summary>
internal sealed record WeChatAccount
{
    public const string PublicBaseUrl = "https://api.weixin.qq.com";

    /// <summary>Where people are sent to; the public API answers at another host than this.</summary>
    private const string PublicBrowserUrl = "https://open.weixin.qq.com";

    /// <summary>The app here.</summary>
    public required long AppId { get; init; }

    public required WeChatKind Kind { get; init; }

    /// <summary>The app there: <c>wx…</c>.</summary>
    public required string WeChatAppId { get; init; }

    public required string Secret { get; init; }

    /// <summary>By which pushes name the account: <c>gh_…</c>. Official accounts have one.</summary>
    public string? OriginalId { get; init; }

    /// <summary>What pushes are signed with; null when none are taken.</summary>
    public string? PushToken { get; init; }

    /// <summary>43 characters. Where it is set, only encrypted pushes are taken.</summary>
    public string? EncodingAesKey { get; init; }

    /// <summary>Where WeChat answers; a path is one of this very server, which the sandbox has.</summary>
    public string BaseUrl { get; init; } = PublicBaseUrl;

    /// <summary>The base of the pages that people are sent to.</summary>
    public string BrowserUrl => BaseUrl == PublicBaseUrl ? PublicBrowserUrl : BaseUrl;

    /// <summary>Says no secret.</summary>
    public override string ToString() => $"{Kind} {WeChatAppId}";
}

internal static class WeChatKinds
{
    private static readonly (WeChatKind Kind, string Stored, string Name)[] s_names =
    [
        (WeChatKind.OfficialAccount, "wechat-official", "official"),
        (WeChatKind.MiniProgram,     "wechat-mini",     "mini"),
    ];

    public static IEnumerable<string> Names => s_names.Select(row => row.Name);

    public static string StoredAs(WeChatKind kind) => s_names.Single(row => row.Kind == kind).Stored;

    public static string NameOf(WeChatKind kind) => s_names.Single(row => row.Kind == kind).Name;

    public static WeChatKind Named(string name) => s_names.Single(row => row.Name == name).Kind;

    /// <summary>Null for the account of another platform.</summary>
    public static WeChatKind? Find(string stored)
    {
        foreach (var row in s_names)
        {
            if (row.Stored == stored)
                return row.Kind;
        }

        return null;
    }
}
