using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Grants;
using Yaopai.Server.Organisations;
using G = Yaopai.Errors.WeLinkErrors.Gateway;
using O = Yaopai.Errors.WeLinkErrors.OAuth;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>POST /api/oauth2/v1/token — trades the code of a person who signed in to a back office for their token.</summary>
internal sealed record Token(GrantKit Kit, WeLinkProfile Profile, ClientLockout Lockout, IMemberStore Members) : IOperationDefinition
{
    private const int LongestCode = 2000, Longest = 255;

    internal static readonly Rule<Request>[] Rules =
    [
        new(O.CodeTooLong,                x => x["code"].Length <= LongestCode),
        new(O.ClientIdTooLong,            x => x["client_id"].Length <= Longest),
        new(O.ClientSecretTooLong,        x => x["client_secret"].Length <= Longest),
        new(O.StateTooLong,               x => x["state"].Length <= Longest),
        new(O.CodeMissing,                x => x["code"] is not ""),
        new(O.GrantTypeUnsupported,       x => x["grant_type"] is "authorization_code", why: x => $"grant_type is '{x["grant_type"]}'"),
        new(O.ClientLocked,               x => x.IsNotLockedAsync(),   why: x => $"app {x.App!.Id} showed wrong secrets too often"),
        new(O.ClientAuthenticationFailed, x => x.App is not null,      why: x => $"there is no app '{x["client_id"]}'"),
        new(O.ClientLocked,               x => x.TryCountAsync(),      why: x => $"app {x.App!.Id} showed wrong secrets meanwhile"),
        new(O.ClientAuthenticationFailed, x => x.SecretMatches,        why: x => x.WhySecretIsWrong()),
        new(G.AccessForbidden,            x => x.App!.IsEnabled,       why: x => $"app {x.App!.Id} is disabled"),
        new(G.AccessForbidden,            x => x.App!.Allows(x.Call.Peer), why: x => $"the request came from {x.Call.Peer}"),
        new(O.SystemBusy,                 x => x.IsWithinQuota(),      why: x => $"app {x.App!.Id} calls too often"),
        new(O.CodeInvalid,                x => x.ReadCodeAsync(),      why: _ => "the code is none of this platform"),
        new(O.CodeInvalid,                x => x.IsOfClient,           why: x => x.WhyOfAnotherClient()),
        Rule.Claim<Request>(O.CodeInvalid, x => x.IsUnusedAsync(), x => x.TryUseAsync(), why: _ => "the code was used before"),
        new(O.CodeInvalid,                x => x.GrantHoldsAsync(),    why: _ => "everything of the user was revoked since"),
        new(O.CodeInvalid,                x => x.IsOfMemberAsync(),    why: _ => "the member is gone or closed since"),
        // clients of this family of platforms leave it out
        new(O.CodeInvalid,                x => x["redirect_uri"] is "" || x.RedirectUriMatches,
            why: _ => "redirect_uri is another one than the code was asked for with"),
        new(O.CodeExpired,                x => !x.IsExpired,           why: x => x.WhyExpired()),
    ];

    private static readonly ErrorDefinition[] s_rows = [.. O.All, G.AccessForbidden, G.AddressUnknown];

    public IOperation Define() => new Operation<Request>("welink", "Token", s_rows)
    {
        Source = ParameterSource.FormOrJson,
        AdmitsByRules = true,
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x["client_id"]),
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(x.Answer())),
        Gives = Given.Tokens | Given.TokenType,
        Failures = new FailureErrors(
            s_rows,
            (Failure.Unparsable, O.CodeMissing), // nothing that could be read counts
            (Failure.Forbidden, G.AccessForbidden),
            (Failure.NoSuchPath, G.AddressUnknown),
            (Failure.MethodNotAllowed, G.AddressUnknown),
            (Failure.Unexpected, O.ServiceUnavailable),
            (Failure.StorageUnreachable, O.ServiceUnavailable),
            (Failure.StorageTimeout, O.ServiceUnavailable),
            (Failure.StorageConflict, O.ServiceUnavailable),
            (Failure.StorageFailed, O.ServiceUnavailable),
            (Failure.DataUnreadable, O.ServiceUnavailable),
            (Failure.KeyLost, O.ServiceUnavailable),
            (Failure.Throttled, O.SystemBusy),
            (Failure.DeadlinePassed, O.SystemBusy),
            (Failure.Undocumented, O.ServiceUnavailable)),
    };

    internal sealed class Request(Call call, Token operation) : CodeGrant(call, operation.Kit, operation.Profile)
    {
        public async ValueTask<bool> IsNotLockedAsync() => App is null || !await operation.Lockout.IsLockedAsync(App.Id, Call.Ct);

        /// <summary>Counts a wrong secret; one right secret ends the row. False where others that came with it locked the app:
        /// of many guesses at once no more are looked at than of as many one after the other.</summary>
        public async ValueTask<bool> TryCountAsync() => SecretMatches
            ? await operation.Lockout.TryProveAsync(App!.Id, Call.Ct)
            : await operation.Lockout.TryFailAsync(App!.Id, Call.Ct);

        public async ValueTask<bool> IsOfMemberAsync() => await CodeOwner.FindAsync(operation.Members, Code, Call.Ct) is not null;

        public override IssuedTokens Issue() => Kit.Issuer.Tokens(
            Credentials, Grant.Of(Code) with { Scopes = WeLinkProfile.OpenTo(App!, Code.Scopes) }, IssuedOn(Code.ValidSince),
            withRefreshToken: false, secretWasShown: true);

        public Answer Answer() => WeLinkDialect.Ok((Tokens: Issue(), State: this["state"]), static (json, it) =>
        {
            json.WriteString("access_token", it.Tokens.AccessToken);
            json.WriteString("token_type", "Bearer");
            json.WriteString("expires_in", $"{it.Tokens.Lifetime.TotalSeconds:0}");
            json.WriteString("state", it.State);
        }, O.Ok, "success");
    }
}
