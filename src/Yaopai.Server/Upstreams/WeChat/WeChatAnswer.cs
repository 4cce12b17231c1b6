using System.Text.Json;

namespace Yaopai.Server.Upstreams.WeChat;

internal enum WeChatFaultKind
{
    /// <summary>No answer that can be used: no connection, a time-out, HTTP 5xx, no JSON, or WeChat says that it is busy.
    /// The same request may succeed later.</summary>
    Unavailable,

    /// <summary>The code is unknown, expired or used.</summary>
    CodeInvalid,

    /// <summary>The token is unknown or expired.</summary>
    TokenInvalid,

    /// <summary>Anything else: the account is set up wrongly, or may not do this.</summary>
    Refused,
}

/// <summary>Why WeChat did not do what it was asked.</summary>
/// <param name="ErrCode">As WeChat said; null when it said nothing.</param>
/// <param name="Reason">For the log: it holds nothing that WeChat sent but numbers.</param>
internal sealed record WeChatFault(WeChatFaultKind Kind, int? ErrCode, string Reason)
{
    // A few codes have a meaning of their own; every other is a refusal.
    private static readonly (int ErrCode, WeChatFaultKind Kind)[] s_kinds =
    [
        (-1,    WeChatFaultKind.Unavailable),  // busy
        (40001, WeChatFaultKind.TokenInvalid),
        (40014, WeChatFaultKind.TokenInvalid),
        (42001, WeChatFaultKind.TokenInvalid), // expired
        (40029, WeChatFaultKind.CodeInvalid),
        (40163, WeChatFaultKind.CodeInvalid),  // used
        (45011, WeChatFaultKind.Unavailable),  // too often
    ];

    /// <summary>True when WeChat does not have what was asked for at all.</summary>
    public bool IsUnknownOperation { get; init; }

    public static WeChatFault Unavailable(string reason) => new(WeChatFaultKind.Unavailable, null, reason);

    public static WeChatFault Of(int errCode)
    {
        var kind = WeChatFaultKind.Refused;
        foreach (var row in s_kinds)
        {
            if (row.ErrCode == errCode)
                kind = row.Kind;
        }

        return new(kind, errCode, $"errcode {errCode}") { IsUnknownOperation = errCode is 40066 or 48001 };
    }
}

/// <summary>What was asked for, or why it did not come: one of the two.</summary>
internal readonly record struct WeChatAnswer<T>(T? Value, WeChatFault? Fault) where T : class
{
    public static implicit operator WeChatAnswer<T>(T value) => new(value, null);

    public static implicit operator WeChatAnswer<T>(WeChatFault fault) => new(null, fault);
}

/// <param name="Root">An object, which says nothing of an error.</param>
internal sealed record WeChatBody(JsonElement Root);

/// <param name="SessionKey">Opens what WeChat encrypts for the mini program: it never leaves the server.</param>
internal sealed record WeChatSession(string OpenId, string SessionKey, string? UnionId);

/// <param name="IsSnapshot">The person only looked at the page: the identity is not theirs.</param>
internal sealed record WeChatUserToken(string AccessToken, string OpenId, string? UnionId, string Scope, bool IsSnapshot)
{
    /// <summary>The scope that WeChat asks the person about.</summary>
    public const string UserInfo = "snsapi_userinfo";

    public bool OpensUserInfo => Scope.Split(',').Contains(UserInfo);
}

internal sealed record WeChatUser(string OpenId, string? UnionId, string? Nickname, string? AvatarUrl);

/// <param name="UnionId">Null where the account belongs to no group of accounts, and of a person who does not follow it.</param>
internal sealed record WeChatFollower(string OpenId, string? UnionId);

/// <param name="Url">What the QR code says.</param>
internal sealed record WeChatQr(string Ticket, string Url, TimeSpan Lifetime);

internal sealed record WeChatPhone(string PhoneNumber, string PurePhoneNumber, string CountryCode);

/// <summary>Something that WeChat did, and there is nothing more to say of it.</summary>
internal sealed record WeChatDone
{
    public static WeChatDone Instance { get; } = new();
}
