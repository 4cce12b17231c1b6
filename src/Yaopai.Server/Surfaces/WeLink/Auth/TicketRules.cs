using Yaopai.Server.Gateway;
using A = Yaopai.Errors.WeLinkErrors.Auth;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>The rules of an app that shows its secret for a token.</summary>
internal static class TicketRules
{
    public static Rule<T>[] Proof<T>() where T : TicketRequest =>
    [
        new(A.ClientAuthenticationFailed, x => x.App is not null,      why: x => $"there is no app '{x.ClientId}'"),
        new(G.CallsThrottled,             x => x.TryTakeQuota(),       why: x => $"{x.Call.Peer} or app {x.App!.Id} asks too often"),
        new(A.ClientAuthenticationFailed, x => x.SecretMatches,        why: x => x.WhySecretIsWrong()),
        new(G.AccessForbidden,            x => x.App!.IsEnabled,       why: x => $"app {x.App!.Id} is disabled"),
        new(G.AccessForbidden,            x => x.App!.Allows(x.Call.Peer), why: x => $"the request came from {x.Call.Peer}"),
    ];

    public static Rule<T>[] OfTenant<T>() where T : TicketRequest =>
    [
        new(A.AccessTokenUnavailable,     x => x.LoadHomeAsync(),      why: x => $"app {x.App!.Id} is at home in no tenant"),
        new(G.AppNotIsv,                  x => x.NamesHome || x.Home.IsIsv, why: x => $"app {x.App!.Id} is for tenant {x.HomeName} alone"),
        new(A.AccessTokenUnavailable,     x => x.LoadTenantAsync(),    why: x => $"tenant '{x.TenantName}' is unknown, closed, or has not "
            + $"subscribed app {x.App!.Id}"),
    ];
}
