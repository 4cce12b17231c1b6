using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Surfaces.OpenApi;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi;

/// <summary>For each method outside the data store a call that succeeds.</summary>
public class OpenApiCalls : SurfaceCalls
{
    private static readonly GoodCall[] s_all =
    [
        Method("GetLoggedInUser", "passport/users/getLoggedInUser", "account"),
        Method("GetInfo", "passport/users/getInfo", "account"),
        Method("IsAppUser", "passport/users/isAppUser", "consent"),
        Method("HasAppPermission", "passport/users/hasAppPermission", "consent", ("ext_perm", "basic")),
        Method("HasAppPermissions", "passport/users/hasAppPermissions", "consent", ("ext_perms", "basic")),
        Method("GetFriends", "friends/getFriends", "friendship"),
        Method("GetFriendRelations", "friends/getFriendRelations", "friendship"),
        Method("GetAppUsers", "friends/getAppUsers", "consent"),
        Method("GetNonAppUsers", "friends/getNonAppUsers", "consent"),
        Method("AreFriends", "friends/areFriends", "friendship", ("uids1", "900001"), ("uids2", "900002")),
        Method("ExpireSession", "passport/auth/expireSession", "revocation") with { IsGoodOnce = true, EndsItsToken = true },
        Method("RevokeExtendedPermission", "passport/auth/revokeExtendedPermission", "revocation", ("perms", "basic")) with
        {
            IsGoodOnce = true,
            EndsItsToken = true,
        },
        Method("RevokeAuthorization", "passport/auth/revokeAuthorization", "revocation") with { IsGoodOnce = true, EndsItsToken = true },
        Method("IpLookup", "iplib/query", "app", ("ip", "192.0.2.1")),
        Method("BatchRun", "../../batch/run", "app", ("method", """[{"path":"/rest/2.0/passport/users/getInfo"}]""")) with
        {
            FormPath = "/open/batch/run",
        },
    ];

    internal override string Slug => "open";

    internal override string Section => "Surfaces:OpenApi";

    internal override IReadOnlyList<GoodCall> All => s_all;

    /// <summary>An OAuth endpoint's.</summary>
    internal override string UndocumentedFor(GoodCall call) => "10002";

    internal override ErrorDefinition OkOf(GoodCall call) => E.Ok;

    /// <summary>Methods count by a setting of the surface.</summary>
    internal override IDisposable Narrow(TestServer server, int callsPerMinute)
    {
        var (quotas, options) = (base.Narrow(server, callsPerMinute), server.Get<IOptions<OpenApiOptions>>().Value);
        var usual = options.RatePerMethod;
        options.RatePerMethod = callsPerMinute;
        return new Undo(() =>
        {
            options.RatePerMethod = usual;
            quotas.Dispose();
        });
    }

    /// <summary>Each with a token of its own, so that one that ends a session ends no other's.</summary>
    private static GoodCall Method(string name, string path, string table, params (string Name, string? Value)[] parameters) =>
        new(name, async (server, app) =>
        {
            var caller = new OpenCaller(server, app);
            var token = (await caller.TokensAsync()).Access;
            return () => caller.CallAsync(path, token, parameters);
        })
        {
            Target = $"open.{char.ToLowerInvariant(name[0])}{name[1..]}",
            FormPath = OpenCaller.Rest + path,
            Tables = [table],
        };
}
