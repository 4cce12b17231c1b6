using Yaopai.Server.Gateway;
using A = Yaopai.Errors.WeLinkErrors.Auth;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>POST /api/auth/v1/tickets — gives a token to an app (type e), or to it for the person whose code it brings (type u).</summary>
internal sealed record Ticket(TicketKit Kit) : IOperationDefinition
{
    private const string OfApp = "e", OfUser = "u";

    internal static readonly Rule<TicketRequest>[] OfNeither =
    [
        new(A.RequestMalformed, x => x.IsReadable, why: x => x.Call.WhyUnreadable()),
        new(A.RequestMalformed, _ => false,        why: x => $"type is '{x["type"]}'; {OfApp} and {OfUser} are known"),
    ];

    internal static readonly Rule<TicketRequest>[] OfAppRules =
    [
        .. TicketRules.Proof<TicketRequest>(),
        .. TicketRules.OfTenant<TicketRequest>(),
    ];

    internal static readonly Rule<TicketRequest>[] OfUserRules =
    [
        .. TicketRules.Proof<TicketRequest>(),
        new(A.AccessTokenUnavailable, x => x.ReadCodeAsync(), why: _ => "the code is none of this platform"),
        new(A.AccessTokenUnavailable, x => x.IsOfClient,      why: x => x.WhyOfAnotherClient()),
        new(A.AccessTokenUnavailable, x => !x.IsExpired,      why: x => x.WhyExpired()),
        Rule.Claim<TicketRequest>(A.AccessTokenUnavailable, x => x.IsUnusedAsync(), x => x.TryUseAsync(),
            why: _ => "the code was used before"),
        new(A.AccessTokenUnavailable, x => x.GrantHoldsAsync(), why: _ => "everything of the user was revoked since"),
        new(A.AccessTokenUnavailable, x => x.IsOfMemberAsync(), why: _ => "the member is gone or closed since"),
    ];

    public IOperation Define() => TicketOperation.Of("Ticket", Kit, RuleLists.Alternatives<TicketRequest>(
        x => x["type"],
        Alternative<TicketRequest>.Of("", x => x, OfNeither, _ => throw new InvalidOperationException("Neither type has its answer.")),
        Alternative<TicketRequest>.Of(OfApp, x => x, OfAppRules, x => ValueTask.FromResult(x.IssueToApp())),
        Alternative<TicketRequest>.Of(OfUser, x => x, OfUserRules, x => ValueTask.FromResult(x.IssueToUser()))));
}
