using System.Collections.Frozen;

namespace Yaopai.Server.Surfaces.HuaweiAccount;

/// <summary>The names that operations of Huawei Account read in a query or a form.
/// One that is repeated is refused before anything is done.</summary>
internal static class HuaweiAccountParameters
{
    public static FrozenSet<string> Names { get; } = FrozenSet.ToFrozenSet(
    [
        "access_token", "access_type", "asked", "client_id", "client_secret", "clientID", "code", "code_challenge", "code_challenge_method",
        "code_verifier", "ctfCode", "ctfType", "decision", "display", "getNickName", "grant_type", "id_token", "id_token_hint", "idType",
        "idValue", "max_age", "need_code", "need_group_union_id", "nonce", "nsp_fmt", "nsp_svc", "nsp_ts", "open_id", "password",
        "prompt", "queryRangeFlag", "realName", "redirect_uri", "refresh_token", "request", "response_mode", "response_type", "sceneID",
        "scope", "serviceAccountClientID", "serviceAccountKeyID", "state", "supportAlg", "token", "transactionID", "user_code",
        "username",
    ]);
}
