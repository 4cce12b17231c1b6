using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.IdentityErrors;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>POST /gateway/binding/unbind — ends that somebody of another platform is this person, with the Access Key.</summary>
/// <remarks>What apps got by signing the person in stays as it is.</remarks>
internal sealed record Unbind(GatewayKit Kit, Bindings Bindings) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        .. GatewayRules.NamesUser<Request>(),
        .. GatewayRules.IsAlive<Request>(),
        .. GatewayRules.ShowsAccessKey<Request>(),
        new(E.Gateway.ParameterMissing, x => x["provider"] is not "", why: _ => "provider is missing"),
        new(E.Gateway.ParameterMissing, x => x["provider_openid"] is not "", why: _ => "provider_openid is missing"),
        new(E.User.UserUnbound,         x => x.FindAsync(), why: x => $"user {x.User.Id} has no such binding"),
        new(E.User.UserUnbound,         x => x.TryUnbindAsync(), why: _ => "somebody else ended it at this moment"),
    ];

    public IOperation Define() => GatewayRules.Operation(
        "Unbind", writes: true, GatewayRules.Rows(E.Common.OpenIdUnknown, E.User.UserRecycled, E.User.UserUnbound),
        (call, target, trouble) => new Request(call, this, target, trouble), Rules,
        x => ValueTask.FromResult(IdentityDialect.Gateway(x.Call, x, static (_, _) => { })));

    internal sealed class Request(Call call, Unbind operation, string target, Failure? trouble)
        : BindingRequest(call, operation.Kit, operation.Bindings, target, trouble)
    {
        private Binding? _binding;

        /// <summary>Among those that the caller sees: what another developer's app bound under the same OpenID stays.</summary>
        public async ValueTask<bool> FindAsync() => (_binding = (await ListAsync()).FirstOrDefault(
            one => one.Identity.Provider == this["provider"] && one.Identity.OpenId == this["provider_openid"])) is not null;

        public async ValueTask<bool> TryUnbindAsync() => await Bindings.TryUnbindAsync(_binding!, Call.Ct);
    }
}
