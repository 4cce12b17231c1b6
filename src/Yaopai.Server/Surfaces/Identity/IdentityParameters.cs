using System.Collections.Frozen;

namespace Yaopai.Server.Surfaces.Identity;

/// <summary>The names that operations of the identity platform read in a query or a form.
/// One that is repeated is refused before anything is done.</summary>
internal static class IdentityParameters
{
    public static FrozenSet<string> Names { get; } = FrozenSet.ToFrozenSet(
    [
        "access_key", "access_token", "after", "appid", "avatar_url", "bind", "bind_ticket", "clear", "client_id", "client_secret",
        "code", "code_challenge", "code_challenge_method", "code_verifier", "content", "datetime", "decision", "echostr", "email",
        "encryptedData", "fmt", "format", "grant_type", "id", "iv", "msg_signature", "name", "nickname", "nonce", "nonce_str",
        "oauth_consumer_key", "openid", "original_id", "password", "phone", "provider", "provider_openid", "redirect_uri",
        "refresh_token", "region", "requestid", "response_type", "scene", "scope", "secret", "session_key", "signature", "signtype",
        "size", "state", "text", "ticket", "timestamp", "unionid", "url", "user_code", "user_ticket", "username", "verification_code",
        "visit", "wxid",
    ]);
}
