using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.HuaweiAccountErrors.QuickLogin;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>POST /oauth2/v6/quickLogin/getPhoneNumber — trades a code of the one-tap button for the bound number
/// and the identifiers.</summary>
internal sealed record QuickLogin(
    Quotas Quotas, CredentialReader Reader, CodeUse Codes, AccountDirectory Accounts, PairwiseIdentifiers Identifiers, OneTap OneTap,
    HuaweiAccountProfile Profile) : IOperationDefinition
{
    // As at the token endpoint nothing is said of a code before the app has proved itself.
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterIllegal,
            x => x.CodeText.Length is > 0 and <= Formats.LongestCode && Formats.Credential.IsMatch(x.CodeText),
            why: x => x.Body.WhyNoText("code")),
        new(E.ParameterIllegal,            x => Formats.ClientId.IsMatch(x.ClientIdText), why: x => x.Body.WhyNoText("clientId")),
        new(E.ParameterIllegal,            x => Formats.Credential.IsMatch(x.Secret),     why: x => x.Body.WhyNoText("clientSecret")),
        new(E.ParameterIllegal,            x => x.App is not null, why: x => $"there is no app {x.ClientIdText}"),
        new(E.ClientSecretIncorrect,       x => ClientSecret.Matches(x.App!, x.Secret)),
        new(E.FlowControl,                 x => x.IsWithinQuota()),
        new(E.CodeIncorrect,               x => x.ReadCodeAsync()),
        new(E.CodeOfAnotherClient,         x => x.Code.AppId == x.App!.Id),
        new(E.CodeExpired,                 x => !x.Code.IsExpiredAt(x.Now),
            why: x => $"expired at {x.Code.ExpiresAt:O}; it is {x.Now:O} for app {x.App!.Id}"),
        Rule.Claim<Request>(E.CodeUsed,    x => x.IsUnusedAsync(), x => x.TryUseAsync()),
        new(E.CodeRevoked,                 x => x.GrantHoldsAsync()),
        new(E.QuickLoginForbidden,         x => x.IsOneTap),
        new(E.PhoneNumberMissing,          x => x.LoadPhoneAsync()),
        new(E.PhoneNumberRestricted,       x => x.IsInMainland),
    ];

    public IOperation Define() => new Operation<Request>("huawei", "QuickLogin", E.All)
    {
        Source = ParameterSource.Json,
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x.ClientIdText),
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(x.Answer())),
        Failures = new FailureErrors(
            E.All,
            (Failure.Unparsable, E.ParameterIllegal), // the documents know no HTTP 400 here
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.Internal),
            (Failure.DataUnreadable, E.Internal),
            (Failure.KeyLost, E.Internal)),
    };

    /// <summary>The request, and what the rules have loaded for it so far.</summary>
    internal sealed class Request(Call call, QuickLogin operation)
    {
        private Account _account = null!;

        public JsonBody Body => call.Body;

        public string CodeText { get; } = call.Body.Text("code");

        public string ClientIdText { get; } = call.Body.Text("clientId");

        public string Secret { get; } = call.Body.Text("clientSecret");

        public App? App => call.App;

        public DateTimeOffset Now => call.NowFor(App!.Id);

        public Credential Code { get; private set; } = null!;

        /// <summary>From the button, with the right to the number. One that is bound to a verifier has to go where a verifier can
        /// be shown (RFC 7636).</summary>
        public bool IsOneTap =>
            Code.Terms is { Component: HuaweiAccountProfile.QuickLogin, ChallengeHash: null } && OneTap.SharesNumber(App!, Code);

        public bool IsInMainland => OneTap.ForeignRegionOf(_account) is null && operation.OneTap.IsMainland(call.Peer);

        public bool IsWithinQuota() => operation.Quotas.TryTake(App!, "huawei.quickLogin");

        public async ValueTask<bool> ReadCodeAsync()
        {
            var (_, credential) = await operation.Reader.ReadAsync(operation.Profile.Credentials, CodeText, call.Ct);
            Code = credential!;
            return credential is { Kind: CredentialKind.Code };
        }

        public ValueTask<bool> GrantHoldsAsync() => operation.Reader.GrantHoldsAsync(Code, call.Ct);

        public async ValueTask<bool> LoadPhoneAsync()
        {
            _account = await operation.Accounts.FindAsync(Code.AccountId, call.Ct)
                ?? throw new FailureException(Failure.DataUnreadable, "The account of the code is gone.");
            return _account.ProvedPhone is not null;
        }

        public async ValueTask<bool> IsUnusedAsync() => !await operation.Codes.WasUsedAsync(Code, call.Ct);

        public ValueTask<bool> TryUseAsync() => operation.Codes.TryUseAsync(Code, call.Ct);

        public Answer Answer() => HuaweiAccountDialect.Ok(
            HuaweiAccountDialect.Json,
            (Phone: _account.ProvedPhone!, Valid: OneTap.Valid(_account.ProvedPhone!, Now),
                OpenId: operation.Identifiers.OpenId(App!.Id, _account.Id),
                UnionId: operation.Identifiers.UnionId(App.DeveloperId, _account.Id)),
            static (json, it) =>
            {
                json.WriteString("openId", it.OpenId);
                json.WriteString("unionId", it.UnionId);
                json.WriteString("phoneNumber", PhoneFormat.Full(it.Phone));
                json.WriteNumber("phoneNumberValid", it.Valid);
                json.WriteString("purePhoneNumber", PhoneFormat.Pure(it.Phone));
                json.WriteString("phoneCountryCode", PhoneFormat.CountryCode(it.Phone));
            });
    }
}
