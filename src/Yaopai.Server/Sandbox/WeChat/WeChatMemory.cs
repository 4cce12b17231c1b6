using System.Buffers.Text;
using System.Collections.Concurrent;
using Yaopai.Server.Apps;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Sandbox.WeChat;

internal enum WeChatHandle
{
    LoginCode,
    PageCode,
    PhoneCode,
    UserToken,
    RefreshToken,
    Scene,
}

/// <summary>Something that the sandbox's WeChat gave out.</summary>
/// <param name="Person">Null for a scene.</param>
/// <param name="Text">The scopes of a page's code and tokens, or the scene.</param>
internal sealed record WeChatIssued(
    WeChatHandle Handle, WeChatAccount Account, WeChatPerson? Person, string Text, DateTimeOffset ExpiresAt)
{
    private int _used;

    /// <summary>True once.</summary>
    public bool TryUse() => Interlocked.Exchange(ref _used, 1) == 0;
}

/// <summary>A text that an account sent to a person.</summary>
internal sealed record WeChatText(string Account, string User, string Content, DateTimeOffset At);

/// <summary>What the sandbox's WeChat knows; of one node, and gone with it.</summary>
internal sealed class WeChatMemory(IAppClock clock)
{
    private const int Most = 10_000;
    private const int BytesOfToken = 390; // 520 characters: WeChat's have at least 512

    public static readonly TimeSpan TokenLifetime = TimeSpan.FromSeconds(7200);

    private readonly ConcurrentDictionary<string, WeChatIssued> _issued = new();
    private readonly ConcurrentDictionary<(string Account, bool Stable), (string Value, DateTimeOffset ExpiresAt)> _tokens = new();
    private readonly ConcurrentDictionary<(string Account, string Person), string> _sessionKeys = new();
    private readonly ConcurrentQueue<WeChatText> _texts = new();

    public DateTimeOffset Now => clock.Now;

    public IEnumerable<WeChatText> Texts => _texts;

    /// <summary>The QR codes that can be scanned, the one that lives longest first: whoever has no phone reads no picture.</summary>
    public IEnumerable<(string Ticket, WeChatAccount Account, DateTimeOffset ExpiresAt)> Scenes =>
        from one in _issued
        where one.Value.Handle == WeChatHandle.Scene && Now < one.Value.ExpiresAt
        orderby one.Value.ExpiresAt descending
        select (one.Key, one.Value.Account, one.Value.ExpiresAt);

    public string Issue(WeChatHandle handle, WeChatAccount account, WeChatPerson? person, string text, TimeSpan lifetime)
    {
        if (_issued.Count >= Most)
            _issued.Clear();
        var value = Random(24);
        _issued[value] = new(handle, account, person, text, Now + lifetime);
        return value;
    }

    /// <summary>Null for what was not given out as this, or has expired.</summary>
    public WeChatIssued? Find(WeChatHandle handle, string value) =>
        _issued.TryGetValue(value, out var issued) && issued.Handle == handle && Now < issued.ExpiresAt ? issued : null;

    /// <summary>The account's token; the stable one stays while it is good, any other ends the one before.</summary>
    public (string Value, DateTimeOffset ExpiresAt) Token(WeChatAccount account, bool stable, bool renew)
    {
        var key = (account.WeChatAppId, stable);
        if (!renew && _tokens.TryGetValue(key, out var known) && Now < known.ExpiresAt)
            return known;

        return _tokens[key] = (Random(BytesOfToken), Now + TokenLifetime);
    }

    /// <summary>What is wrong with a token, as an errcode; 0 when nothing is.</summary>
    public int FaultOf(string token, out WeChatAccount? account)
    {
        account = null;
        foreach (var (key, (value, expiresAt)) in _tokens)
        {
            if (value != token)
                continue;
            account = WeChatPeople.FindAccount(key.Account);
            return Now < expiresAt ? 0 : 42001;
        }

        return 40001;
    }

    /// <summary>The person's session at a mini program; a login begins another.</summary>
    public string SessionKey(WeChatAccount account, WeChatPerson person, bool renew)
    {
        var key = (account.WeChatAppId, person.Name);
        return renew
            ? _sessionKeys[key] = Convert.ToBase64String(Randomness.GetBytes(16))
            : _sessionKeys.GetOrAdd(key, _ => Convert.ToBase64String(Randomness.GetBytes(16)));
    }

    public void Keep(WeChatText text)
    {
        _texts.Enqueue(text);
        if (_texts.Count > Most)
            _texts.TryDequeue(out _);
    }

    public void Clear()
    {
        _issued.Clear();
        _tokens.Clear();
        _sessionKeys.Clear();
        _texts.Clear();
    }

    private static string Random(int bytes) => Base64Url.EncodeToString(Randomness.GetBytes(bytes));
}
