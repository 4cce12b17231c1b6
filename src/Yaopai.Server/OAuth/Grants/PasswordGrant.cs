using Yaopai.Server.Accounts;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth.Grants;

/// <summary>RFC 6749 §4.3: a person who gives an app their password allows it what it asks for,
/// and can take that back like any consent.</summary>
internal sealed class PasswordGrant(Call call, GrantKit kit, SurfaceProfile profile, SignIn signIn, IConsentStore consents,
    HybridClock clock)
    : TokenRequest(call, kit, profile)
{
    private string[]? _scopes;
    private DateTimeOffset _validSince;

    public Account? Account { get; private set; }

    public string[] Scopes => _scopes ??= Profile.ScopesOrDefault(Profile.WithSpaces(this["scope"]));

    public bool ScopesAreOpen => Array.TrueForAll(Scopes, scope => Profile.IsOpenTo(App!, scope));

    /// <summary>False for a login that no password would help. Whether the password was right, the account says.</summary>
    public async ValueTask<bool> MaySignInAsync()
    {
        _validSince = await clock.NowAsync(Call.Ct);
        var attempt = new SignInAttempt(
            this["username"], this["password"], Call.Peer, DeviceId: "", AddressLimit.None, App!.Id); // it has shown its secret
        (var outcome, Account) = await signIn.TryAsync(attempt, Call.Ct);
        return outcome is SignInOutcome.SignedIn or SignInOutcome.Refused;
    }

    public async ValueTask<IssuedTokens> IssueAsync()
    {
        var consent = await consents.AddAsync(new Consent(Account!.Id, App!.Id, Scopes, PhoneId: null, Now), Call.Ct);
        var grant = new Grant(consent.AppId, consent.AccountId, Kit.Issuer.NewId(), string.Join(' ', Scopes));
        return Kit.Issuer.Tokens(Credentials, grant, IssuedOn(_validSince), withRefreshToken: true, secretWasShown: true);
    }
}
