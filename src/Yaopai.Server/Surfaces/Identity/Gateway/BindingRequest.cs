using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>A call about who a person is at other platforms.</summary>
/// <remarks>An app sees what its own developer's apps bound; one that manages everyone sees all.</remarks>
internal class BindingRequest(Call call, GatewayKit kit, Bindings bindings, string target, Failure? trouble)
    : UserRequest(call, kit, target, trouble)
{
    protected Bindings Bindings => bindings;

    public async ValueTask<IReadOnlyList<Binding>> ListAsync() =>
    [
        .. (await bindings.ListAsync(User.Id, Call.Ct)).Where(one => one.DeveloperId == App.DeveloperId || ManagedUsers.MayManageAll(App)),
    ];
}
