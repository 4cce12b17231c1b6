using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Yaopai.Server.Surfaces.Identity.WeChat;
using Yaopai.Server.Upstreams.WeChat;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.MiniProgram;

namespace Yaopai.Server.Surfaces.Identity.MiniProgram;

/// <summary>POST /wechat/mini/phone — the phone number that a person shares with a mini program: by a code of WeChat,
/// or out of what WeChat encrypted for it.</summary>
internal sealed record MiniPhone(MiniSessions Kit) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(Common.HttpsRequired,     x => x.Caller.IsSecure),
        new(Common.BodyMissing,       x => !x.IsEmpty),
        new(E.ParameterMissing,       x => x.ConsumerKey is not "", why: _ => "oauth_consumer_key is missing"),
        new(E.WxidMissing,            x => x["wxid"] is not ""),
        new(E.SessionKeyMissing,      x => x["session_key"] is not ""),
        new(E.ParameterMissing,       x => x.HasCode || x.HasData,  why: _ => "neither code nor encryptedData with iv was sent"),
        new(E.ConsumerKeyUnknown,     x => x.FindAccountAsync(),    why: _ => "no enabled app with a mini program: app wechat set"),
        new(Common.CallsThrottled,    x => x.Caller.TryTakeAsync(CallerProof.None), why: x => x.Caller.WhyThrottled()),
        new(E.WxidUnknown,            x => ThirdPartySessions.IsId(x["wxid"]), why: _ => "wxid is none of ours"),
        new(E.WeChatUserUnknown,      x => x.FindSessionAsync(),    why: _ => "nobody of that wxid signed in lately"),
        new(E.WxidUnknown,            x => x.SessionHolds,          why: _ => "session_key is another's, or over"),
        new(E.WeChatUnavailable,      x => x.ReadAsync(),           why: x => x.Fault!.Reason),
        new(E.CodeExpired,            x => x.Fault is not { Kind: WeChatFaultKind.CodeInvalid }, why: x => x.Fault!.Reason),
        new(E.DecryptionFailed,       x => x.IsDecrypted,           why: _ => "the data does not open, or is another mini program's"),
        new(E.PhoneNumberUnavailable, x => x.Phone is not null,     why: x => x.Fault?.Reason ?? "there is no phone number in it"),
    ];

    public IOperation Define() => new Operation<Request>("identity", "MiniPhone", MiniFailures.Rows)
    {
        Source = ParameterSource.FormOrJson,
        AdmitsByRules = true,
        IsForPeople = true, // mini programs call from phones
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x.ConsumerKey),
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(IdentityDialect.Ok(x.Phone!, static (json, phone) =>
        {
            json.WriteString("phoneNumber", phone.PhoneNumber);
            json.WriteString("purePhoneNumber", phone.PurePhoneNumber);
            json.WriteString("countryCode", phone.CountryCode);
        }))),
        Failures = MiniFailures.Of,
    };

    internal sealed class Request(Call call, MiniPhone operation) : MiniRequest(call, operation.Kit, "identity.miniPhone")
    {
        private StoredSession? _session;

        public bool HasCode => this["code"] is not "";

        public bool HasData => this["encryptedData"] is not "" && this["iv"] is not "";

        public bool SessionHolds => Kit.Sessions.Holds(_session!, this["session_key"]) && _session!.Identity is
        {
            Provider: SocialSignIn.Provider,
        } identity && identity.ProviderAppId == Account.WeChatAppId;

        public bool IsDecrypted { get; private set; } = true;

        public WeChatPhone? Phone { get; private set; }

        public async ValueTask<bool> FindSessionAsync() => (_session = await Kit.Sessions.FindAsync(this["wxid"], Call.Ct)) is not null;

        /// <summary>False where WeChat cannot be asked now. Of both, the code counts: it says what holds at this moment.</summary>
        public async ValueTask<bool> ReadAsync()
        {
            if (HasCode)
            {
                (Phone, Fault) = await Kit.Client.GetPhoneNumberAsync(Account, this["code"], Call.Ct);
                return Fault is not { Kind: WeChatFaultKind.Unavailable };
            }

            var key = await Kit.Sessions.KeyOfAsync(_session!, Call.Ct);
            var opened = key is null ? null : OpenData.Open(key, this["iv"], this["encryptedData"], Account.WeChatAppId);
            IsDecrypted = opened is not null;
            Phone = opened is { } data ? WeChatClient.ReadPhone(data, Account) : null;
            return true;
        }
    }
}
