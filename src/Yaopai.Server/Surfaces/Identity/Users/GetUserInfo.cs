using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.Identity.OAuth;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity.Users;

/// <summary>GET /user/get_user_info — the profile of the person whose token it is.</summary>
internal sealed record GetUserInfo(BearerKit Kit, AccountDirectory Accounts, UserTokens Users) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        .. BearerRules.OfUser<Request>(x => IdentityProfile.OpensUserInfo(x.Granted)),
        new(E.ConsumerKeyOfAnotherClient, x => ClientId.Parse(x.ConsumerKey) == x.Granted.AppId,
            why: x => $"the token was issued to app {x.Granted.AppId}"),
        new(E.OpenIdUnknown,              x => x["openid"] == x.OpenId, why: _ => "openid is not the one of the token's person"),
        new(E.UserInfoMissing,            x => x.HasProfileAsync()),
    ];

    public IOperation Define() => new Operation<Request>("identity", "GetUserInfo", IdentityFailures.Rows())
    {
        Methods = ["GET"],
        Source = ParameterSource.Query,
        AdmitsByRules = true,
        Read = async call => new Request(call, await Kit.ReadAsync(call), this),
        Client = x => x.Token.AppId,
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(x.Answer())),
        Gives = Given.Subject,
        Failures = IdentityFailures.OfReading,
    };

    internal sealed class Request(Call call, BearerToken token, GetUserInfo operation)
        : TokenBearer(call, token, operation.Kit.Callers, "identity.getUserInfo")
    {
        private Account? _account;

        /// <summary>The appid under the name that this endpoint documents, or under the others.</summary>
        public string ConsumerKey => this["oauth_consumer_key"] is { Length: > 0 } key ? key : Caller.AppId;

        public string OpenId => operation.Users.OpenIdOf(App, Granted.AccountId);

        private string UnionId => operation.Users.UnionIdOf(App, Granted.AccountId);

        public async ValueTask<bool> HasProfileAsync() =>
            (_account = await Token.UserAsync(operation.Accounts)) is not { Nickname: null, AvatarUrl: null };

        public Answer Answer() => IdentityDialect.Ok((this, _account!), static (json, it) =>
        {
            var (x, account) = it;
            json.WriteNumber("ret", 0);
            json.WriteString("msg", "");
            json.WriteString("nickname", account.Nickname ?? "");
            json.WriteString("gender", account.Profile.GetValueOrDefault("sex") switch { "1" => "男", "2" => "女", _ => "" });
            json.WriteString("year", account.Profile.GetValueOrDefault(ProfileFields.Birthday) is { Length: >= 4 } date ? date[..4] : "");
            json.WriteString("country", account.Region);
            foreach (var picture in (string[])["figureurl", "figureurl_1", "figureurl_2", "headimgurl"])
                json.WriteString(picture, account.AvatarUrl ?? "");
            json.WriteString("openid", x.OpenId);
            json.WriteString("unionid", x.UnionId);
            if (x.Granted.Covers(IdentityProfile.Phone) && x.App.ApprovedScopes.Contains(IdentityProfile.Phone))
                json.WriteString("mobile", account.ProvedPhone is { } phone ? $"+{phone.CallingCode}{phone.National}" : "");
        });
    }
}
