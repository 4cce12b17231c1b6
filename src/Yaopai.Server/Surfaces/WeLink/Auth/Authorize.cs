using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Consents;
using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Authorization;
using Yaopai.Server.Organisations;
using A = Yaopai.Errors.WeLinkErrors.Auth;
using C = Yaopai.Errors.WeLinkErrors.Contact;
using G = Yaopai.Errors.WeLinkErrors.Gateway;
using O = Yaopai.Errors.WeLinkErrors.OAuth;
using R = Yaopai.Errors.WeLinkErrors.Registration;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>What signing in works with.</summary>
internal sealed record SsoKit(
    AuthorizationKit Authorization, WeLinkProfile Profile, TenantDirectory Tenants, IMemberStore Members,
    IOptions<WeLinkGrantOptions> Lifetimes, QrSignIn QrSignIn);

/// <summary>GET or POST /sso/oauth2/authorize — sends a member of an organisation who signed in back to the app with a code.</summary>
/// <remarks>Whoever is not signed in does so with a password; for <c>snsapi_login</c> on their phone, by a QR code.</remarks>
internal sealed record Authorize(SsoKit Kit) : IOperationDefinition
{
    private const int Longest = 255;

    private static readonly string[] s_scopes = [WeLinkProfile.BackOffice, WeLinkProfile.QrSignIn, WeLinkProfile.InClient];

    /// <summary>Until the redirect URI is trusted nothing is sent there: these are shown here.</summary>
    internal static readonly Rule<Request>[] BeforeRedirect =
    [
        new(O.ClientIdTooLong,            x => x["client_id"].Length <= Longest),
        new(O.ClientAuthenticationFailed, x => x.App is { IsEnabled: true }, why: x => $"there is no enabled app '{x["client_id"]}'"),
        new(R.RedirectUrlMalformed,       x => x.RedirectUriIsWellFormed),
        // to the letter: the platform adds a query of its own, and takes none
        new(R.RedirectUrlMalformed,       x => x.App!.RedirectUris.Contains(x["redirect_uri"]), why: x => x.WhyRedirectUriIsUnregistered()),
    ];

    /// <summary>These are told to the app, at its redirect URI.</summary>
    internal static readonly Rule<Request>[] AfterRedirect =
    [
        new(O.StateTooLong,               x => IsState(x["state"]),              why: x => $"state has {x["state"].Length} characters"),
        new(A.RequestMalformed,           x => x["response_type"] is "code",     why: x => $"response_type is '{x["response_type"]}'"),
        new(G.AccessForbidden,            x => x.Scopes is [var scope] && s_scopes.Contains(scope),
            why: x => $"scope is '{x["scope"]}'; one of {string.Join(", ", s_scopes)} is known"),
        new(G.AccessForbidden,            x => x.IsNotRefusedAsync(),            why: _ => "the person refused"),
        new(G.AccessForbidden,            x => x.IsNotRefusedOnPhoneAsync(),     why: _ => "the person refused on their phone"),
        new(A.UserInfoUnavailable,        x => x.LoadMemberAsync(),              why: _ => "the person belongs to no organisation"),
        new(C.CurrentUserInvalid,         x => x.Member is not { IsClosed: true }, why: _ => "the member is closed"),
        new(G.AccessUnauthorized,         x => x.TenantHasAppAsync(),
            why: x => $"tenant {TenantIds.Write(x.Member!.TenantId)} is closed, or has not subscribed app {x.App!.Id}"),
        new(G.CallsThrottled,             x => !x.ShowsQr || x.MayShowQr(),      why: _ => "the address makes too many QR codes"),
        Rule.Claim<Request>(A.UserInfoUnavailable, x => x.TryTakeAsync(),        why: _ => "another request took it"),
    ];

    private static readonly ErrorDefinition[] s_rows =
    [
        .. BeforeRedirect.Concat(AfterRedirect).Select(rule => rule.Error).Append(G.Internal).Append(G.AddressUnknown)
            .Append(G.CallsThrottled).Append(G.Ok).Distinct(),
    ];

    public IOperation Define() => new Operation<Request>("welink", "Authorize", s_rows)
    {
        Methods = ["GET", "POST"],
        IsForPeople = true,
        Read = call => ValueTask.FromResult(new Request(call, Kit)),
        Client = x => ClientId.Parse(x["client_id"]),
        Rules = RuleLists.Phases(
            x => x.AnswerAsync(), new Phase<Request>(BeforeRedirect),
            new Phase<Request>(AfterRedirect, (x, refusal) => WeLinkDialect.Redirect(x["redirect_uri"], refusal, x.State))),
        Gives = Given.Code,
        Failures = WeLinkFailures.With(s_rows, O.ClientAuthenticationFailed, G.Internal),
    };

    internal static bool IsState(string text) => text.Length <= Longest;

    internal sealed class Request(Call call, SsoKit kit) : AuthorizationRequest(call, kit.Authorization, kit.Profile)
    {
        private const string QrParameter = "qr";
        private const string PasswordParameter = "password";

        private AllowedOnPhone? _allowed;

        /// <summary>Who is signed in; null where nobody is.</summary>
        public Member? Member { get; private set; }

        /// <summary>Nobody is signed in yet, here or on a phone, and the app asks for a QR code.</summary>
        public bool ShowsQr =>
            AccountId is null && Scopes[0] is WeLinkProfile.QrSignIn && this[PasswordParameter] is "";

        protected override long TenantId => Member!.TenantId;

        protected override IReadOnlyList<string> Parameters { get; } =
            ["client_id", "redirect_uri", "response_type", "scope", "state", PasswordParameter];

        private long? AccountId => _allowed?.AccountId ?? User?.Account.Id;

        public async ValueTask<bool> IsNotRefusedOnPhoneAsync()
        {
            _allowed = Scopes[0] is WeLinkProfile.QrSignIn ? await kit.QrSignIn.FindAsync(App!, this[QrParameter], Call.Ct) : null;
            return _allowed is not { IsRefused: true };
        }

        public async ValueTask<bool> LoadMemberAsync() =>
            AccountId is not { } accountId || (Member = await kit.Members.FindByAccountAsync(accountId, Call.Ct)) is not null;

        public async ValueTask<bool> TenantHasAppAsync() => Member is null
            || (await kit.Tenants.FindAsync(Member.TenantId, Call.Ct) is { IsEnabled: true }
                && await kit.Tenants.FindSubscriptionAsync(Member.TenantId, App!.Id, Call.Ct) is not null);

        public bool MayShowQr() => kit.QrSignIn.MayBegin(Call);

        public async ValueTask<bool> TryTakeAsync() => _allowed is null || await kit.QrSignIn.TryTakeAsync(_allowed, Call.Ct);

        public async ValueTask<Answer> AnswerAsync() =>
            ShowsQr ? await ShowQrAsync() : AccountId is not { } accountId ? Ask(PagePaths.SignIn) : GiveCode(accountId);

        /// <summary>An organisation that subscribed the app has agreed for its people: nobody is asked again.</summary>
        private Answer GiveCode(long accountId) => WeLinkDialect.Redirect(this["redirect_uri"], State, ("code", IssueCode(
            new Consent(accountId, App!.Id, Scopes, PhoneId: null, Now), Scopes[0],
            CodeTerms.For("", "", this["redirect_uri"], challengeHash: null, isOffline: false),
            Scopes[0] is WeLinkProfile.InClient ? kit.Lifetimes.Value.AuthCodeLifetime : null)));

        protected override bool MayReturn(string state) => IsState(state);

        private async ValueTask<Answer> ShowQrAsync()
        {
            var (secret, device) = await kit.QrSignIn.BeginAsync(App!, Scopes, Call.Ct);
            return Ask(PagePaths.Scan, Kit.Tickets.Seal(new ScanVisit(
                App!.Id, Secret: "", QrSignIn.AddressOf(Call, device), AddressWith([(QrParameter, secret)]), ReturnTo, Now)
            {
                OnPhone = new DeviceVisit(device.Id, device.UserCode, ReturnTo: "", Now),
                SignIn = AddressWith([(PasswordParameter, "1")]),
            }));
        }

        private Answer Ask(string page) => Ask(page, Kit.Tickets.Seal(new Interaction(
            App!.Id, Scopes, AsksForPhone: false, OneTapScopes: [], ReturnTo, IsTouch: false, Now)));
    }
}
