using System.Text.Json;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Surfaces.HuaweiAccount.Tokens;
using E = Yaopai.Errors.HuaweiAccountErrors.GetInfo;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>POST /rest.php?nsp_svc=GOpen.User.getInfo — what the person agreed to share: identifiers, profile, phone number, mail.</summary>
internal static class GetInfo
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterError,   x => x.Text is not ""),
        new(E.ParameterIllegal, x => x.GetNickName is "" or "0" or "1"),
        new(E.SessionTimeout,   x => x.HoldsAsync()),
        new(E.PermissionDenied, x => x.Token!.Kind is CredentialKind.AccessToken),
    ];

    public static Operation<Request> Operation(Services services) => new("huawei", "GetInfo", E.All)
    {
        Admission = services.Admission,
        Read = call => Request.ReadAsync(call, services),
        Client = x => x.Token?.AppId,
        IsProven = x => x.Token is { } token && !token.IsExpiredAt(services.Clock.NowFor(token.AppId)),
        RuleLists = [Rules],
        Answer = x => x.AnswerAsync(),
        Failures = new FailureErrors(
            E.All,
            (Failure.Throttled, E.Throttled),
            (Failure.StorageFailed, E.SystemInternal),
            (Failure.StorageConflict, E.SystemInternal),
            (Failure.StorageTimeout, E.NetworkInternal),
            (Failure.DataUnreadable, E.Internal),
            (Failure.KeyLost, E.AuthenticationInternal)),
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(
        Admission Admission, IAppClock Clock, CredentialReader Reader, AccountDirectory Accounts, PairwiseIdentifiers Identifiers, OneTap OneTap);

    internal sealed class Request(Call call, Services services, string text, Credential? token)
    {
        public static async ValueTask<Request> ReadAsync(Call call, Services services)
        {
            var text = call.Parameters["access_token"] is { Length: > 0 } parameter ? parameter : BearerToken.Of(call.Http.Request);
            return new Request(call, services, text, (await services.Reader.OpenAsync(text, call.Ct)).Credential);
        }

        public string Text => text;

        public Credential? Token => token;

        public string GetNickName => call.Parameters["getNickName"];

        /// <summary>One code for everything that is wrong with a token: malformed, unknown, expired, revoked.</summary>
        public async ValueTask<bool> HoldsAsync() =>
            token is { Kind: CredentialKind.AccessToken or CredentialKind.AppToken }
            && !token.IsExpiredAt(services.Clock.NowFor(token.AppId))
            && await services.Reader.HoldsAsync(token, call.Ct);

        public async ValueTask<Answer> AnswerAsync()
        {
            var app = call.App ?? throw new FailureException(Failure.DataUnreadable, "The app of the token is gone.");
            var account = await services.Accounts.FindAsync(token!.AccountId, call.Ct)
                ?? throw new FailureException(Failure.DataUnreadable, "The account of the token is gone.");

            return HuaweiAccountDialect.Ok(HuaweiAccountDialect.JsonUtf8, (app, account), Write);
        }

        private void Write(Utf8JsonWriter json, (App App, Account Account) it)
        {
            json.WriteString("openID", services.Identifiers.OpenId(it.App.Id, it.Account.Id));
            json.WriteString("unionID", services.Identifiers.UnionId(it.App.DeveloperId, it.Account.Id));
            if (token!.Covers("profile"))
                WriteProfile(json, it.Account);

            WritePhones(json, it.App, it.Account);
            if (token.Covers("email") && it.Account.Email is { } mail)
                json.WriteString("email", mail);
        }

        private void WriteProfile(Utf8JsonWriter json, Account account)
        {
            var nickname = GetNickName is "1" ? account.Nickname : null;
            json.WriteString("displayName", nickname ?? Display.Masked(account));
            json.WriteNumber("displayNameFlag", nickname is null ? 1 : 0);
            if (account.AvatarUrl is { } avatar)
                json.WriteString("headPictureURL", avatar);
        }

        /// <summary>Two numbers may be shared: the one that was chosen, and the bound one for one-tap sign-in. What is said of both in one field is said of the chosen one.</summary>
        private void WritePhones(Utf8JsonWriter json, App app, Account account)
        {
            var chosen = SharedPhone(app, account);
            if (chosen is not null)
                json.WriteString("mobileNumber", PhoneFormat.Mobile(account, chosen));

            var (bound, warning) = OneTapPhone(app, account);
            if (bound is not null)
            {
                json.WriteString("loginMobileNumber", PhoneFormat.Mobile(account, bound));
                json.WriteNumber("loginMobileValid", OneTap.Valid(bound, services.Clock.NowFor(app.Id)));
            }

            if ((chosen ?? bound) is { } phone)
            {
                json.WriteString("purePhoneNumber", PhoneFormat.Pure(phone));
                json.WriteString("phoneCountryCode", PhoneFormat.CountryCode(phone));
            }

            if (warning is not null)
                json.WriteString("warning", warning);
        }

        /// <summary>The bound number, or else why it is withheld where one-tap sign-in is not offered.</summary>
        private (PhoneNumber? Phone, string? Warning) OneTapPhone(App app, Account account)
        {
            if (!OneTap.SharesNumber(app, token!))
                return default;

            var region = OneTap.ForeignRegionOf(account) ?? (services.OneTap.IsMainland(call.Peer) ? null : "xxx"); // to the letter: where a server stands is not known
            return region is null ? (account.BoundPhone, null) : (null, $"{region} site doesn't support quick login, see the guide for details");
        }

        /// <summary>The number that the person chose, as long as it is theirs and the app may ask for numbers.</summary>
        private PhoneNumber? SharedPhone(App app, Account account) =>
            token!.PhoneId is { } id && token.Covers("phone") && app.ApprovedScopes.Contains("phone")
                ? account.Phones.FirstOrDefault(phone => phone.Id == id)
                : null;
    }
}
