using Yaopai.Server.Gateway;

namespace Yaopai.Server.Sandbox;

/// <summary>A kind of fault: how it is called, what it needs to be seen, and what it does.</summary>
/// <param name="Needs">It strikes where an operation gives any of these; everywhere, where it needs nothing.</param>
internal sealed record FaultSort(FaultKind Kind, string Name, Given Needs, string En, string Zh)
{
    /// <summary>Whether it strikes at the answer, and not on the way to it.</summary>
    public bool IsOfAnswers => Kind > FaultKind.ErrorWith200;

    public bool TakesDelay => Kind is FaultKind.Delay or FaultKind.SlowBody or FaultKind.LostAnswer;

    public bool FitsTo(IOperation operation) => Needs is Given.Nothing || (operation.Gives & Needs) is not Given.Nothing;
}

/// <summary>All kinds of faults.</summary>
internal static class FaultKinds
{
    public static readonly IReadOnlyList<FaultSort> All =
    [
        new(FaultKind.StorageDown, "storage-down", Given.Nothing, "The database refuses connections.", "数据库拒绝连接。"),
        new(FaultKind.StorageSlow, "storage-slow", Given.Nothing,
            "The database does not answer within its timeout.", "数据库在超时之前不回答。"),
        new(FaultKind.StorageError, "storage-error", Given.Nothing, "A statement fails.", "语句失败。"),
        new(FaultKind.StorageConflict, "storage-conflict", Given.Nothing,
            "A conflict outlives its retries.", "冲突在重试之后仍然存在。"),
        new(FaultKind.UpstreamDown, "upstream-down", Given.Nothing,
            "Another platform that the server calls refuses connections, and engines of recognition are away.",
            "服务器调用的其他平台拒绝连接，识别引擎不可用。"),
        new(FaultKind.UpstreamSlow, "upstream-slow", Given.Nothing,
            "Another platform that the server calls does not answer in time.", "服务器调用的其他平台不及时回答。"),
        new(FaultKind.QuotaSpent, "quota-spent", Given.Nothing,
            "Nothing is left of any quota, of the app or of the address.", "应用和地址的调用配额都已用完。"),
        new(FaultKind.KeyLost, "key-lost", Given.Nothing, "The stored keys do not open.", "存储的密钥打不开。"),
        new(FaultKind.Exception, "exception", Given.Nothing, "Something unexpected is thrown.", "抛出意外的异常。"),
        new(FaultKind.Delay, "delay", Given.Nothing, "The operation waits before it begins.", "操作先等待再开始。"),

        new(FaultKind.Reset, "reset", Given.Nothing,
            "The connection is reset before the operation is carried out.", "操作执行之前连接被重置。"),
        new(FaultKind.ResetAfter, "reset-after", Given.Nothing,
            "The connection is reset after half of the answer.", "回答发出一半之后连接被重置。"),
        new(FaultKind.Truncated, "truncated", Given.Nothing,
            "The full Content-Length is said, half of the body comes, and the connection ends.",
            "Content-Length 完整，正文只来一半，连接随即结束。"),
        new(FaultKind.SlowBody, "slow-body", Given.Nothing,
            "The body comes in ten pieces over the delay.", "正文分十段在 delay 之内陆续到达。"),
        new(FaultKind.LostAnswer, "lost-answer", Given.Nothing,
            "The operation is carried out, and its answer never arrives.", "操作已经执行，回答永远不到。"),
        new(FaultKind.DuplicateAnswer, "duplicate-answer", Given.Nothing,
            "The answer comes twice on one connection; over HTTP/2 its body holds it twice.",
            "同一连接上回答来两次；HTTP/2 时正文里有两份。"),
        new(FaultKind.ErrorWith200, "error-200", Given.Nothing,
            "The documented internal error comes with HTTP 200, and nothing is carried out.",
            "文档中的内部错误以 HTTP 200 返回，操作不执行。"),
        new(FaultKind.Html, "html", Given.Nothing,
            "A page of a proxy comes instead of the answer, with its status.", "回答被换成代理的 HTML 页面，状态码不变。"),
        new(FaultKind.EmptyBody, "empty-body", Given.Nothing, "The answer has no body.", "回答没有正文。"),
        new(FaultKind.WrongContentType, "wrong-content-type", Given.Nothing,
            "The answer says that it is text/plain.", "回答声称自己是 text/plain。"),

        new(FaultKind.WrongIss, "wrong-iss", Given.IdToken,
            "The ID token names another issuer.", "ID Token 的 iss 是另一个签发者。"),
        new(FaultKind.WrongAud, "wrong-aud", Given.IdToken,
            "The ID token is for another app, in aud and azp.", "ID Token 的 aud 和 azp 是另一个应用。"),
        new(FaultKind.SeveralAud, "several-aud", Given.IdToken,
            "The ID token is for two apps and has no azp.", "ID Token 的 aud 有两个应用，没有 azp。"),
        new(FaultKind.WrongSub, "wrong-sub", Given.IdToken | Given.Subject,
            "The ID token, or the answer about a person, is about somebody else.", "ID Token 或用户信息说的是另一个人。"),
        new(FaultKind.WrongNonce, "wrong-nonce", Given.IdToken,
            "The ID token has another nonce.", "ID Token 的 nonce 是另一个值。"),
        new(FaultKind.MissingNonce, "missing-nonce", Given.IdToken, "The ID token has no nonce.", "ID Token 没有 nonce。"),
        new(FaultKind.Expired, "expired", Given.IdToken,
            "The ID token expired an hour ago.", "ID Token 一小时前已经过期。"),
        new(FaultKind.IssuedInFuture, "issued-in-future", Given.IdToken,
            "The ID token is issued a day from now.", "ID Token 的签发时间在一天以后。"),
        new(FaultKind.NotYetValid, "not-yet-valid", Given.IdToken,
            "The ID token says in nbf that it holds from tomorrow.", "ID Token 的 nbf 说明天才生效。"),
        new(FaultKind.WrongAtHash, "wrong-at-hash", Given.IdToken,
            "at_hash is that of another access token.", "at_hash 是另一个访问令牌的。"),
        new(FaultKind.BadSignature, "bad-signature", Given.IdToken,
            "Another key signs the ID token under the kid of the published one.", "ID Token 用另一把密钥签名，kid 仍是已公布的。"),
        new(FaultKind.UnknownKid, "unknown-kid", Given.IdToken,
            "The ID token names a key that nobody has.", "ID Token 的 kid 不存在。"),
        new(FaultKind.UnpublishedKey, "unpublished-key", Given.IdToken,
            "A key signs the ID token that the JWKS never shows.", "签名 ID Token 的密钥从不出现在 JWKS 里。"),
        new(FaultKind.KeyRotated, "key-rotated", Given.IdToken,
            "A new key signs the ID token; the JWKS shows it from then on.", "ID Token 由新密钥签名，JWKS 从此公布它。"),
        new(FaultKind.AlgNone, "alg-none", Given.IdToken,
            "The ID token has alg none and no signature.", "ID Token 的 alg 是 none，没有签名。"),
        new(FaultKind.Hs256Secret, "hs256-secret", Given.IdToken,
            "The ID token has HS256, keyed with the client secret that the request shows.",
            "ID Token 用 HS256 签名，密钥是请求中的 client_secret。"),
        new(FaultKind.Hs256PublicKey, "hs256-public-key", Given.IdToken,
            "The ID token has HS256, keyed with the public key as PEM.", "ID Token 用 HS256 签名，密钥是 PEM 形式的公钥。"),

        new(FaultKind.JwksWithoutKey, "jwks-without-key", Given.Keys,
            "The JWKS lacks the key that signs.", "JWKS 缺少正在签名的密钥。"),
        new(FaultKind.WrongDiscoveryIssuer, "wrong-discovery-issuer", Given.Metadata,
            "The discovery document names another issuer.", "发现文档的 issuer 是另一个签发者。"),
        new(FaultKind.MissingIssParameter, "missing-iss-parameter", Given.Metadata,
            "The discovery document promises the parameter iss of RFC 9207, and no redirect has it.",
            "发现文档承诺 RFC 9207 的 iss 参数，重定向里却没有。"),

        new(FaultKind.MissingAccessToken, "missing-access-token", Given.Tokens,
            "The token answer has no access_token.", "令牌回答没有 access_token。"),
        new(FaultKind.MissingTokenType, "missing-token-type", Given.TokenType,
            "The token answer has no token_type.", "令牌回答没有 token_type。"),
        new(FaultKind.MissingExpiresIn, "missing-expires-in", Given.Tokens,
            "The token answer has no expires_in.", "令牌回答没有 expires_in。"),
        new(FaultKind.MissingIdToken, "missing-id-token", Given.IdToken,
            "The token answer has no id_token.", "令牌回答没有 id_token。"),
        new(FaultKind.TextExpiresIn, "text-expires-in", Given.Tokens,
            "expires_in is the text \"soon\".", "expires_in 是文本 \"soon\"。"),
        new(FaultKind.NumberAccessToken, "number-access-token", Given.Tokens,
            "access_token is a number.", "access_token 是数字。"),
        new(FaultKind.WrongTokenType, "wrong-token-type", Given.TokenType,
            "token_type is one that nobody knows.", "token_type 没有人认识。"),
        new(FaultKind.ExtraFields, "extra-fields", Given.Tokens,
            "The token answer has members that no document knows, which a client ignores.",
            "令牌回答带有文档之外的成员，客户端应当忽略。"),

        new(FaultKind.WrongState, "wrong-state", Given.Code,
            "The browser comes back with another state.", "浏览器带着另一个 state 返回。"),
        new(FaultKind.MissingState, "missing-state", Given.Code,
            "The browser comes back without state.", "浏览器返回时没有 state。"),
        new(FaultKind.UsedCode, "used-code", Given.Code,
            "The code that the browser brings is used already.", "浏览器带回的 code 已经用过。"),
        new(FaultKind.WrongIssParameter, "wrong-iss-parameter", Given.Code,
            "The browser comes back with the parameter iss (RFC 9207) of another issuer.",
            "浏览器返回时 iss 参数（RFC 9207）是另一个签发者。"),
        new(FaultKind.DuplicateParameters, "duplicate-parameters", Given.Code,
            "The browser comes back with every parameter twice.", "浏览器返回时每个参数都有两份。"),
    ];

    public static string Names { get; } = string.Join(", ", All.Select(sort => sort.Name));

    public static string NamesWithDelay { get; } = string.Join(", ", All.Where(sort => sort.TakesDelay).Select(sort => sort.Name));

    public static FaultSort Of(FaultKind kind) => All.Single(sort => sort.Kind == kind);

    public static FaultSort? Find(string name) => All.FirstOrDefault(sort => sort.Name == name);
}
