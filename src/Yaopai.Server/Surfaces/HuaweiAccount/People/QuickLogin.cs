using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using E = Yaopai.Errors.HuaweiAccountErrors.QuickLogin;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>POST /oauth2/v6/quickLogin/getPhoneNumber — trades a code of the one-tap button for the bound number and the identifiers.</summary>
internal static class QuickLogin
{
    // As at the token endpoint nothing is said of a code before the app has proved itself.
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterIllegal,      x => x.CodeText.Length is > 0 and <= Formats.LongestCode && Formats.Credential.IsMatch(x.CodeText)),
        new(E.ParameterIllegal,      x => Formats.ClientId.IsMatch(x.ClientId)),
        new(E.ParameterIllegal,      x => Formats.Credential.IsMatch(x.Secret)),
        new(E.ParameterIllegal,      x => x.App is not null),
        new(E.ClientSecretIncorrect, x => ClientSecret.Matches(x.App!, x.Secret)),
        new(E.FlowControl,           x => x.IsWithinQuota()),
        new(E.CodeIncorrect,         x => x.OpenCodeAsync()),
        new(E.CodeOfAnotherClient,   x => x.Code.AppId == x.App!.Id),
        new(E.CodeExpired,           x => !x.Code.IsExpiredAt(x.Now)),
        new(E.CodeUsed,              x => x.ClaimCodeAsync()),
        new(E.CodeRevoked,           x => x.GrantHolds),
        new(E.QuickLoginForbidden,   x => x.IsOneTap),
        new(E.PhoneNumberMissing,    x => x.Phone is not null),
        new(E.PhoneNumberRestricted, x => x.IsInMainland),
    ];

    public static Operation<Request> Operation(Services services) => new("huawei", "QuickLogin", E.All)
    {
        Source = ParameterSource.Json,
        Admission = services.Admission,
        Read = call => ValueTask.FromResult(new Request(call, services)),
        Client = x => Formats.ClientIdNumber(x.ClientId),
        RuleLists = [Rules],
        Answer = x => ValueTask.FromResult(x.Answer()),
        Failures = new FailureErrors(
            E.All,
            (Failure.Unparsable, E.ParameterIllegal), // the documents know no HTTP 400 here
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.Internal),
            (Failure.DataUnreadable, E.Internal),
            (Failure.KeyLost, E.Internal)),
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(
        Admission Admission, IAppClock Clock, Quotas Quotas, CredentialReader Reader, CodeUse Codes, AccountDirectory Accounts,
        PairwiseIdentifiers Identifiers, OneTap OneTap);

    /// <summary>The request, and what the rules have loaded for it so far.</summary>
    internal sealed class Request(Call call, Services services)
    {
        private Account _account = null!;

        public string CodeText { get; } = call.Body.Text("code");

        public string ClientId { get; } = call.Body.Text("clientId");

        public string Secret { get; } = call.Body.Text("clientSecret");

        public App? App => call.App;

        public DateTimeOffset Now => services.Clock.NowFor(App!.Id);

        public Credential Code { get; private set; } = null!;

        public bool GrantHolds { get; private set; }

        /// <summary>From the button, with the right to the number. One that is bound to a verifier has to go where a verifier can be shown (RFC 7636).</summary>
        public bool IsOneTap => Code.Terms is { Component: CodeTerms.QuickLogin, ChallengeHash: null } && OneTap.SharesNumber(App!, Code);

        public PhoneNumber? Phone => _account.BoundPhone;

        public bool IsInMainland => OneTap.ForeignRegionOf(_account) is null && services.OneTap.IsMainland(call.Peer);

        public bool IsWithinQuota() => services.Quotas.TryTake(App!, "huawei.quickLogin");

        public async ValueTask<bool> OpenCodeAsync()
        {
            var (_, credential) = await services.Reader.OpenAsync(CodeText, call.Ct);
            Code = credential!;
            return credential is { Kind: CredentialKind.Code };
        }

        /// <summary>Uses the code up, as the token endpoint does: not for a request that a later rule refuses.</summary>
        public async ValueTask<bool> ClaimCodeAsync()
        {
            GrantHolds = await services.Reader.GrantHoldsAsync(Code, call.Ct);
            if (GrantHolds)
            {
                _account = await services.Accounts.FindAsync(Code.AccountId, call.Ct)
                    ?? throw new FailureException(Failure.DataUnreadable, "The account of the code is gone.");
            }

            if (!GrantHolds || !IsOneTap || Phone is null || !IsInMainland)
                return !await services.Codes.WasUsedAsync(Code, call.Ct);

            return await services.Codes.TryUseAsync(Code, call.Ct);
        }

        public Answer Answer() => HuaweiAccountDialect.Ok(
            HuaweiAccountDialect.Json,
            (Phone: Phone!, Valid: OneTap.Valid(Phone!, Now),
                OpenId: services.Identifiers.OpenId(App!.Id, _account.Id), UnionId: services.Identifiers.UnionId(App.DeveloperId, _account.Id)),
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
