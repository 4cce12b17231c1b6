using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.IdentityErrors;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>GET or POST /gateway/binding/query — who a person is at other platforms, with their Access Key.</summary>
internal sealed record QueryBindings(GatewayKit Kit, Bindings Bindings) : IOperationDefinition
{
    internal static readonly Rule<BindingRequest>[] Rules =
        [.. GatewayRules.NamesUser<BindingRequest>(), .. GatewayRules.ShowsAccessKey<BindingRequest>()];

    public IOperation Define() => GatewayRules.Operation(
        "QueryBindings", writes: false, GatewayRules.Rows(E.Common.OpenIdUnknown),
        (call, target, trouble) => new BindingRequest(call, Kit, Bindings, target, trouble), Rules,
        async x => IdentityDialect.Gateway(x.Call, await x.ListAsync(), static (json, bindings) =>
        {
            json.WriteStartArray("bindings");
            foreach (var (identity, _, _, boundAt) in bindings)
            {
                json.WriteStartObject();
                json.WriteString("provider", identity.Provider);
                json.WriteString("provider_appid", identity.ProviderAppId);
                json.WriteString("provider_openid", identity.OpenId);
                json.WriteString("provider_unionid", identity.UnionId ?? "");
                json.WriteNumber("bound_at", boundAt.ToUnixTimeSeconds());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));
}
