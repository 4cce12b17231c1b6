using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Data;
using Yaopai.Server.Surfaces.OpenApi.Methods;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>The methods of the platform: each once, however it is called.</summary>
internal sealed class MethodTable
{
    public const string Rest = "/rest/2.0/";
    public const string Public = "/public/2.0/";

    private readonly RouteTable _names;

    public MethodTable(SurfaceRoutes routes, DataMethods data, ApiAdmission admission)
    {
        Method[] methods = [.. s_methods,
            .. data.All.Select(method => new Method(SurfaceRoute.To(method.Path, () => method.Operation(admission)), method.OldName))];
        Single = routes.Table(methods.Select(method => method.Route with { Name = Rest + method.Route.Name }).Append(
            SurfaceRoute.To<IpLookup>(Public + "iplib/query")));
        Paths = routes.Table([SurfaceRoute.To<BatchRun>(BatchRun.Path)]).With(Single);
        _names = new RouteTable(methods.Select(method => KeyValuePair.Create(method.Name, At(Rest + method.Route.Name)))
            .Append(KeyValuePair.Create("baidu.users.getInfoEx", At(Rest + "passport/users/getInfo")))
            .Append(KeyValuePair.Create(BatchRun.Name, At(BatchRun.Path))));
    }

    private static readonly Method[] s_methods =
    [
        Of<GetLoggedInUser>("passport/users/getLoggedInUser",                  "baidu.users.getLoggedInUser"),
        Of<GetInfo>("passport/users/getInfo",                                  "baidu.users.getInfo"),
        Of<IsAppUser>("passport/users/isAppUser",                              "baidu.users.isAppUser"),
        Of<HasAppPermission>("passport/users/hasAppPermission",                "baidu.users.hasAppPermission"),
        Of<HasAppPermissions>("passport/users/hasAppPermissions",              "baidu.users.hasAppPermissions"),
        Of<GetFriends>("friends/getFriends",                                   "baidu.friends.getFriends"),
        Of<GetFriendRelations>("friends/getFriendRelations",                   "baidu.friends.getFriendRelations"),
        Of<GetAppUsers>("friends/getAppUsers",                                 "baidu.friends.getAppUsers"),
        Of<GetNonAppUsers>("friends/getNonAppUsers",                           "baidu.friends.getNonAppUsers"),
        Of<AreFriends>("friends/areFriends",                                   "baidu.friends.areFriends"),
        Of<ExpireSession>("passport/auth/expireSession",                       "baidu.auth.expireSession"),
        Of<RevokeAuthorization>("passport/auth/revokeAuthorization",           "baidu.auth.revokeAuthorization"),
        Of<RevokeExtendedPermission>("passport/auth/revokeExtendedPermission", "baidu.auth.revokeExtendedPermission"),
        Of<IpLookup>("iplib/query",                                            "baidu.iplib.query"),
    ];

    /// <summary>Everything that has a path.</summary>
    public RouteTable Paths { get; }

    /// <summary>What may stand in a batch: everything but a batch.</summary>
    private RouteTable Single { get; }

    /// <summary>Of the old dispatcher; null for a name that is none.</summary>
    public IOperation? Named(string name) => _names.Find(name);

    /// <inheritdoc cref="RouteTable.WhyUnknown"/>
    public Reason WhyUnknown(string name) => _names.WhyUnknown(name);

    public IOperation? AtPath(string path) => Single.Find(path);

    private IOperation At(string path) => Paths.Find(path)!;

    private static Method Of<T>(string path, string name) where T : IOperationDefinition => new(SurfaceRoute.To<T>(path), name);

    /// <param name="Route">Below the prefix of all methods.</param>
    /// <param name="Name">Of the old dispatcher.</param>
    private sealed record Method(SurfaceRoute Route, string Name);
}
