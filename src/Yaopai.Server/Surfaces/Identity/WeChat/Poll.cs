using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Yaopai.Server.Upstreams.WeChat;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.WeChat;
using User = Yaopai.Errors.IdentityErrors.User;

namespace Yaopai.Server.Surfaces.Identity.WeChat;

/// <summary>GET /wechat/mp/poll — whether a QR code was scanned; the answer that says so is given once, with a code.</summary>
internal sealed record Poll(CallerKit Callers, ScanScenes Scenes, WeChatAccounts Accounts, SocialSignIn SignIn) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(Common.HttpsRequired, x => x.IsSecure),
        new(E.SceneExpired,       x => x.Scene is not null && x.Call.App is not null, why: _ => "unknown, expired or taken"),
        new(E.SceneExpired,       x => x.IsOfCaller, why: x => $"the scene is of app {x.Scene!.AppId}"),
        new(E.SignInFailed,       x => x.FindPersonAsync(), why: x => x.Fault),
        new(E.SceneExpired,       x => x.IsWaitingOrTakenAsync(), why: _ => "another request took it"),
        new(Common.UserUnbound,   x => x.Person is null or { Account: not null }),
        new(User.UserRecycled,    x => x.Person is null or { Account.RecycledAt: null }),
        new(E.SignInFailed,       x => x.Person is null or { Account.MaySignIn: true }, why: _ => "the account is disabled"),
    ];

    public IOperation Define() => new Operation<Request>("identity", "Poll", WeChatFailures.Rows)
    {
        Methods = ["GET"],
        Source = ParameterSource.Query,
        IsForPeople = true, // an app's page may call it from a person's browser
        Read = async call => new Request(call, this, await Scenes.FindAsync(call.Parameters["scene"], call.Ct)),
        Client = x => x.Scene?.AppId,
        Rules = RuleLists.One(Rules, x => x.AnswerAsync(), Refuse),
        Failures = WeChatFailures.OfPoll,
    };

    /// <summary>A person who is bound to nobody gets a ticket to say who they are.</summary>
    private Answer Refuse(Request x, Refusal refusal) => refusal.Error != Common.UserUnbound
        ? Answer.Refusal(refusal)
        : Answer.Refusal(refusal) with
        {
            Document = IdentityDialect.ErrorWith(refusal.Error, "bind_ticket", SignIn.BindTicket(x.Call.App!, x.Person!)),
        };

    internal sealed class Request(Call call, Poll operation, ScanScene? scene)
    {
        public Call Call => call;

        public ScanScene? Scene => scene;

        /// <summary>Null while nobody has scanned.</summary>
        public SocialPerson? Person { get; private set; }

        public string? Fault { get; private set; }

        public bool IsSecure => operation.Callers.IsSecure(call);

        /// <summary>An appid that comes along has to be the one that the QR code was made for.</summary>
        public bool IsOfCaller => AppCaller.IdOf(call) is var id && (id is "" || ClientId.Parse(id) == scene!.AppId);

        /// <summary>False where WeChat cannot be asked now. What can fail fails before the scan is used up.</summary>
        public async ValueTask<bool> FindPersonAsync()
        {
            if (scene!.State is ScanState.Waiting
                || await operation.Accounts.FindAsync(scene.AppId, WeChatKind.OfficialAccount, call.Ct) is not { } account)
                return true;

            (Person, var fault) = await operation.SignIn.AskAsync(call.App!, account, scene.OpenId!, scene.UnionId, call.Ct);
            Fault = fault?.Reason;
            return Person is not null;
        }

        public async ValueTask<bool> IsWaitingOrTakenAsync() => scene!.State is ScanState.Waiting
            || (Person is not null && await operation.Scenes.TryTakeAsync(scene, call.Ct));

        public async ValueTask<Answer> AnswerAsync()
        {
            if (Person is null)
                return IdentityDialect.Ok("pending", static (json, status) => json.WriteString("status", status));

            var terms = CodeTerms.For("", "", redirectUri: null, challengeHash: null, isOffline: true);
            var code = await operation.SignIn.CodeAsync(call, Person, [IdentityProfile.Login], allowedProfile: false, terms);
            return IdentityDialect.Ok(code, static (json, code) =>
            {
                json.WriteString("status", "ok");
                json.WriteString("code", code);
            });
        }
    }
}
