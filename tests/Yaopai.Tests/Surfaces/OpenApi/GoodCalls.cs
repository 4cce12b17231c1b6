using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.OpenApi;

/// <summary>For each method a call that would succeed, prepared while everything works.</summary>
internal static class GoodCalls
{
    private static readonly Dictionary<string, (string Method, (string, string?)[] Parameters)> s_calls = new()
    {
        ["GetLoggedInUser"] = ("passport/users/getLoggedInUser", []),
        ["GetInfo"] = ("passport/users/getInfo", []),
        ["IsAppUser"] = ("passport/users/isAppUser", []),
        ["HasAppPermission"] = ("passport/users/hasAppPermission", [("ext_perm", "basic")]),
        ["HasAppPermissions"] = ("passport/users/hasAppPermissions", [("ext_perms", "basic")]),
        ["GetFriends"] = ("friends/getFriends", []),
        ["GetFriendRelations"] = ("friends/getFriendRelations", []),
        ["GetAppUsers"] = ("friends/getAppUsers", []),
        ["GetNonAppUsers"] = ("friends/getNonAppUsers", []),
        ["AreFriends"] = ("friends/areFriends", [("uids1", "900001"), ("uids2", "900002")]),
        ["ExpireSession"] = ("passport/auth/expireSession", []),
        ["RevokeAuthorization"] = ("passport/auth/revokeAuthorization", []),
        ["RevokeExtendedPermission"] = ("passport/auth/revokeExtendedPermission", [("perms", "basic")]),
        ["IpLookup"] = ("iplib/query", [("ip", "192.0.2.1")]),
        ["BatchRun"] = ("../../batch/run", [("method", """[{"path":"/rest/2.0/passport/users/getInfo"}]""")]),
    };

    public static string[] Operations { get; } = [.. s_calls.Keys];

    /// <summary>Those whose good call is good but once.</summary>
    public static string[] Once { get; } = ["ExpireSession", "RevokeExtendedPermission", "RevokeAuthorization"];

    public static string TargetOf(string operation) => $"open.{char.ToLowerInvariant(operation[0])}{operation[1..]}";

    /// <summary>Each with a token of its own, so that one that ends a session ends no other's.</summary>
    public static async Task<Func<Task<HttpResponseMessage>>> PrepareAsync(TestServer server, string operation)
    {
        var caller = new OpenCaller(server);
        var token = (await caller.TokensAsync()).Access;
        var (method, parameters) = s_calls[operation];
        return () => caller.CallAsync(method, token, parameters);
    }

    /// <summary>All of them at once, by name; those that take everything back come last.</summary>
    public static async Task<(string Operation, Func<Task<HttpResponseMessage>> CallAsync)[]> PrepareAllAsync(TestServer server)
    {
        var calls = new List<(string, Func<Task<HttpResponseMessage>>)>();
        foreach (var operation in Operations.Except(Once).Concat(Once))
            calls.Add((operation, await PrepareAsync(server, operation)));
        return [.. calls];
    }
}
