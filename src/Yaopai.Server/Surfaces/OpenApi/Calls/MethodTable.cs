using System.Collections.Frozen;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Data;
using Yaopai.Server.Surfaces.OpenApi.Methods;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>The methods of the platform: each once, however it is called.</summary>
internal sealed class MethodTable
{
    public const string Rest = "/rest/2.0/";
    public const string Public = "/public/2.0/";

    private readonly FrozenDictionary<string, IOperation> _names;

    public MethodTable(
        GetLoggedInUser.Services getLoggedInUser,
        GetInfo.Services getInfo,
        IsAppUser.Services isAppUser,
        HasAppPermission.Services hasAppPermission,
        GetFriends.Services getFriends,
        AreFriends.Services areFriends,
        ExpireSession.Services expireSession,
        RevokeAuthorization.Services revokeAuthorization,
        IpLookup.Services ipLookup,
        DataMethods data,
        BatchRun.Services batchRun)
    {
        var info = GetInfo.Operation(getInfo);
        (string Path, string Name, IOperation Operation)[] methods =
        [
            ("passport/users/getLoggedInUser",         "baidu.users.getLoggedInUser",         GetLoggedInUser.Operation(getLoggedInUser)),
            ("passport/users/getInfo",                 "baidu.users.getInfo",                 info),
            ("passport/users/isAppUser",               "baidu.users.isAppUser",               IsAppUser.Operation(isAppUser)),
            ("passport/users/hasAppPermission",        "baidu.users.hasAppPermission",        HasAppPermission.Operation(hasAppPermission)),
            ("passport/users/hasAppPermissions",       "baidu.users.hasAppPermissions",       HasAppPermissions.Operation(hasAppPermission)),
            ("friends/getFriends",                     "baidu.friends.getFriends",            GetFriends.Operation(getFriends)),
            ("friends/getFriendRelations",             "baidu.friends.getFriendRelations",    GetFriendRelations.Operation(getFriends)),
            ("friends/getAppUsers",                    "baidu.friends.getAppUsers",           GetAppUsers.Operation(getFriends)),
            ("friends/getNonAppUsers",                 "baidu.friends.getNonAppUsers",        GetNonAppUsers.Operation(getFriends)),
            ("friends/areFriends",                     "baidu.friends.areFriends",            AreFriends.Operation(areFriends)),
            ("passport/auth/expireSession",            "baidu.auth.expireSession",            ExpireSession.Operation(expireSession)),
            ("passport/auth/revokeAuthorization",      "baidu.auth.revokeAuthorization",      RevokeAuthorization.Operation(revokeAuthorization)),
            ("passport/auth/revokeExtendedPermission", "baidu.auth.revokeExtendedPermission", RevokeExtendedPermission.Operation(revokeAuthorization)),
            ("iplib/query",                            "baidu.iplib.query",                   IpLookup.Operation(ipLookup)),
            .. data.All.Select(method => (method.Path, method.OldName, method.Operation(data.Api))),
        ];
        var batch = BatchRun.Operation(batchRun, AtPath, Named);
        Single = methods.Select(method => KeyValuePair.Create(Rest + method.Path, method.Operation))
            .Append(KeyValuePair.Create(Public + "iplib/query", methods.Single(method => method.Path is "iplib/query").Operation))
            .ToFrozenDictionary(StringComparer.Ordinal);
        Paths = Single.Append(KeyValuePair.Create(BatchRun.Path, (IOperation)batch)).ToFrozenDictionary(StringComparer.Ordinal);
        _names = methods.Select(method => KeyValuePair.Create(method.Name, method.Operation))
            .Append(KeyValuePair.Create("baidu.users.getInfoEx", (IOperation)info))
            .Append(KeyValuePair.Create(BatchRun.Name, (IOperation)batch))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Everything that has a path.</summary>
    public FrozenDictionary<string, IOperation> Paths { get; }

    /// <summary>What may stand in a batch: everything but a batch.</summary>
    private FrozenDictionary<string, IOperation> Single { get; }

    /// <summary>Of the old dispatcher; null for a name that is none.</summary>
    public IOperation? Named(string name) => _names.GetValueOrDefault(name);

    private IOperation? AtPath(string path) => Single.GetValueOrDefault(path);
}
