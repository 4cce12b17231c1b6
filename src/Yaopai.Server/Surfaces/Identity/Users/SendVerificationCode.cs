using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.User;

namespace Yaopai.Server.Surfaces.Identity.Users;

/// <summary>POST /user/verification_code — sends a code to a phone number, so that its person can bind an account.</summary>
/// <remarks>The answer does not tell whether the number is known here.</remarks>
internal sealed record SendVerificationCode(Bindings Bindings, NumberBinding Numbers, CallerKit Callers) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(Common.HttpsRequired,   x => x.IsSecure),
        new(Common.BodyMissing,     x => !x.IsEmpty),
        new(E.UserTicketExpired,    x => x.Ticket is not null && x.IsOfCaller, why: _ => "no ticket, too old, or another app's"),
        new(E.UserTicketExpired,    x => x.IsUnusedAsync(), why: _ => "the ticket was used before"),
        new(E.PhoneNumberMalformed, x => x.Number is not null),
        new(Common.CallsThrottled,  x => x.SendAsync(), why: _ => "one a minute and ten a day for a number, thirty a day for an address"),
        new(Common.SystemBusy,      x => x.Outcome is SendOutcome.Sent, why: _ => "the code could not be handed on"),
    ];

    public IOperation Define() => new Operation<Request>("identity", "SendVerificationCode", UserFailures.Rows)
    {
        Source = ParameterSource.FormOrJson,
        IsForPeople = true, // apps call from phones, too
        Read = async call => new Request(call, await TicketRequest.ReadAsync(call, Bindings), this),
        Client = x => x.Ticket?.AppId,
        Rules = RuleLists.One(Rules, _ => ValueTask.FromResult(IdentityDialect.Ok(VerificationCodes.Lifetime, static (json, lifetime) =>
        {
            json.WriteNumber("errcode", 0);
            json.WriteString("errmsg", "ok");
            json.WriteNumber("expires_in", (long)lifetime.TotalSeconds);
        }))),
        Failures = UserFailures.OfTicket,
    };

    internal sealed class Request(Call call, BindTicket? ticket, SendVerificationCode operation)
        : TicketRequest(call, ticket, operation.Bindings, operation.Callers)
    {
        public SendOutcome Outcome { get; private set; }

        public async ValueTask<bool> SendAsync() =>
            (Outcome = await operation.Numbers.SendCodeAsync(Ticket!, Number!, Call.Peer, Call.Ct)) is not SendOutcome.Throttled;
    }
}
