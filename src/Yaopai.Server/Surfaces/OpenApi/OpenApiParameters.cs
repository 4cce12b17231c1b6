using System.Collections.Frozen;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>The names that operations of the Open API read in a query or a form.
/// One that is repeated is refused before anything is done.</summary>
internal static class OpenApiParameters
{
    public static FrozenSet<string> Names { get; } = FrozenSet.ToFrozenSet(
    [
        "access_token", "api_key", "appid", "asked", "assoc_info1", "assoc_info2", "assoc_time", "assoc_type", "assocs", "bd_sig",
        "call_id", "callback", "client_id", "client_secret", "code", "code_challenge", "code_challenge_method", "code_verifier",
        "confirm_login", "data", "decision", "display", "ext_perm", "ext_perms", "fields", "force_login", "format", "get_unionid",
        "grant_type", "increment", "inverse", "ip", "key", "keys", "max_age", "method", "method_feed", "name", "new_alias1",
        "new_alias2", "new_name", "next", "no_data", "obj_id", "obj_id1", "obj_id2", "obj_ids", "obj_type", "page_no", "page_size",
        "password", "perms", "pref_id", "prompt", "prop_name", "prop_names", "prop_type", "prop_value", "properties", "redirect_uri",
        "refresh_token", "replace", "response_mode", "response_type", "scope", "serial_only", "session_key", "sign", "sign_method",
        "sort_type", "ss", "state", "timestamp", "uid", "uid1", "uid2", "uids", "uids1", "uids2", "user_code", "username", "v", "value",
        "values",
    ]);
}
