using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Yaopai.Server.Upstreams.WeChat;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.MiniProgram;

namespace Yaopai.Server.Surfaces.Identity.MiniProgram;

/// <summary>POST /wechat/mini/login — signs a person in with the code of wx.login.</summary>
/// <remarks>The session key of WeChat stays here, sealed: what is handed out is the platform's own.</remarks>
internal sealed record MiniLogin(MiniSessions Kit, Bindings Bindings) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(Common.HttpsRequired,  x => x.Caller.IsSecure),
        new(Common.BodyMissing,    x => !x.IsEmpty),
        new(E.ParameterMissing,    x => x.ConsumerKey is not "",   why: _ => "oauth_consumer_key is missing"),
        new(E.ParameterMissing,    x => x["code"] is not "",       why: _ => "code is missing"),
        new(E.ConsumerKeyUnknown,  x => x.FindAccountAsync(),      why: _ => "no enabled app with a mini program: app wechat set"),
        new(Common.CallsThrottled, x => x.Caller.TryTakeAsync(CallerProof.None), why: x => x.Caller.WhyThrottled()),
        new(E.WeChatUnavailable,   x => x.AskWeChatAsync(),        why: x => x.Fault!.Reason),
        new(E.CodeExpired,         x => x.Fault is not { Kind: WeChatFaultKind.CodeInvalid }, why: x => x.Fault!.Reason),
        new(E.SignInFailed,        x => x.Fault is null,           why: x => x.Fault!.Reason),
    ];

    public IOperation Define() => new Operation<Request>("identity", "MiniLogin", MiniFailures.Rows)
    {
        Source = ParameterSource.FormOrJson,
        AdmitsByRules = true,
        IsForPeople = true, // mini programs call from phones
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x.ConsumerKey),
        Rules = RuleLists.One(Rules, x => x.AnswerAsync()),
        Failures = MiniFailures.Of,
    };

    internal sealed class Request(Call call, MiniLogin operation) : MiniRequest(call, operation.Kit, "identity.miniLogin")
    {
        private WeChatSession? _session;

        /// <summary>False where WeChat cannot be asked now.</summary>
        public async ValueTask<bool> AskWeChatAsync()
        {
            (_session, Fault) = await Kit.Client.Code2SessionAsync(Account, this["code"], Call.Ct);
            return Fault is not { Kind: WeChatFaultKind.Unavailable };
        }

        public async ValueTask<Answer> AnswerAsync()
        {
            var person = await Kit.SignIn.FindAsync(Call.App!, Account, _session!.OpenId, _session.UnionId, Call.Ct);
            var (id, session) = await Kit.Sessions.BeginAsync(person.Identity, _session.SessionKey, Call.Ct);
            var ticket = operation.Bindings.Ticket(Call.App!.Id, person.Identity);
            return IdentityDialect.Ok((id, session, person, ticket), static (json, it) =>
            {
                json.WriteString("wxid", it.id);
                json.WriteString("session_key", it.session);
                json.WriteBoolean("bound", it.person.Account is not null);
                json.WriteString("user_ticket", it.ticket);
            });
        }
    }
}
