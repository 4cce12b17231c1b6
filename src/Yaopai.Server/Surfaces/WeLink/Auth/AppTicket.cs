using Yaopai.Server.Gateway;
using A = Yaopai.Errors.WeLinkErrors.Auth;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>POST /api/auth/v2/tickets — gives an app a token for its own organisation, or for one that subscribed it.</summary>
internal sealed record AppTicket(TicketKit Kit) : IOperationDefinition
{
    internal static readonly Rule<TicketRequest>[] Rules =
    [
        new(A.RequestMalformed, x => x.IsReadable, why: x => x.Call.WhyUnreadable()),
        .. TicketRules.Proof<TicketRequest>(),
        .. TicketRules.OfTenant<TicketRequest>(),
    ];

    public IOperation Define() => TicketOperation.Of("AppTicket", Kit, RuleLists.One(Rules, x => ValueTask.FromResult(x.IssueToApp())));
}
