using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.IdentityErrors;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>POST /gateway/user/update — sets or clears fields of a person.</summary>
internal sealed record UpdateUser(GatewayKit Kit) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        .. GatewayRules.NamesUser<Request>(),
        .. GatewayRules.IsAlive<Request>(),
        new(E.Gateway.ParameterMissing, UserFields.AreAny, why: _ => "nothing is to be changed"),
        new(E.Gateway.ParameterMissing, x => UserFields.AreClearable(x["clear"]), why: _ => "clear names fields with commas between"),
        .. UserFields.Rules<Request>(),
        new(E.Gateway.Internal,         x => x.TryChangeAsync(), why: _ => "the account went away at this moment"),
    ];

    public IOperation Define() => GatewayRules.Operation(
        "UpdateUser", writes: true, GatewayRules.Rows(E.Common.OpenIdUnknown, E.User.UserRecycled),
        (call, target, trouble) => new Request(call, Kit, target, trouble), Rules,
        x => ValueTask.FromResult(IdentityDialect.Gateway(x.Call, (x.Kit.Users, x.App, x.Changed), UserDocument.Write)));

    internal sealed class Request(Call call, GatewayKit kit, string target, Failure? trouble) : UserRequest(call, kit, target, trouble)
    {
        public Account Changed { get; private set; } = null!;

        public async ValueTask<bool> TryChangeAsync() =>
            (Changed = (await Kit.Users.Accounts.ChangeAsync(User.Id, user => UserFields.Apply(this, user), Call.Ct))!) is not null;
    }
}
