using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.IdentityErrors;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>POST /gateway/user/recycle — puts a person away, and ends what all apps got of them.</summary>
internal sealed record RecycleUser(GatewayKit Kit, AccountRecycling Recycling) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        .. GatewayRules.NamesUser<Request>(),
        .. GatewayRules.IsAlive<Request>(),
        new(E.User.UserRecycled, x => x.TryRecycleAsync(), why: _ => "somebody else recycled or deleted the user at this moment"),
    ];

    public IOperation Define() => GatewayRules.Operation(
        "RecycleUser", writes: true, GatewayRules.Rows(E.Common.OpenIdUnknown, E.User.UserRecycled),
        (call, target, trouble) => new Request(call, this, target, trouble), Rules,
        x => ValueTask.FromResult(
            IdentityDialect.Gateway(x.Call, (x.Kit.Users, x.App, x.User with { RecycledAt = x.Now }), UserDocument.Write)));

    internal sealed class Request(Call call, RecycleUser operation, string target, Failure? trouble)
        : UserRequest(call, operation.Kit, target, trouble)
    {
        public async ValueTask<bool> TryRecycleAsync() => await operation.Recycling.TryRecycleAsync(User.Id, Call.Ct);
    }
}
