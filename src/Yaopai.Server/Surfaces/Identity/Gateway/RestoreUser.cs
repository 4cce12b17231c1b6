using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.IdentityErrors;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>POST /gateway/user/restore — brings back a person who was put away. What was ended by that stays so.</summary>
internal sealed record RestoreUser(GatewayKit Kit, AccountRecycling Recycling) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        .. GatewayRules.NamesUser<Request>(),
        new(E.Gateway.ParameterMissing, x => x.User.RecycledAt is not null, why: x => $"user {x.User.Id} is not recycled"),
        new(E.User.UserRecycled,        x => x.TryRestoreAsync(),
            why: x => $"user {x.User.Id} was recycled more than {AccountRecycling.Kept.TotalDays:0} days ago"),
    ];

    public IOperation Define() => GatewayRules.Operation(
        "RestoreUser", writes: true, GatewayRules.Rows(E.Common.OpenIdUnknown, E.User.UserRecycled),
        (call, target, trouble) => new Request(call, this, target, trouble), Rules,
        x => ValueTask.FromResult(
            IdentityDialect.Gateway(x.Call, (x.Kit.Users, x.App, x.User with { RecycledAt = null }), UserDocument.Write)));

    internal sealed class Request(Call call, RestoreUser operation, string target, Failure? trouble)
        : UserRequest(call, operation.Kit, target, trouble)
    {
        public async ValueTask<bool> TryRestoreAsync() => await operation.Recycling.TryRestoreAsync(User.Id, Call.Ct);
    }
}
