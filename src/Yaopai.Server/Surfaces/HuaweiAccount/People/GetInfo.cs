using System.Text.Json;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.HuaweiAccountErrors.GetInfo;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>POST /rest.php?nsp_svc=GOpen.User.getInfo — what the person agreed to share:
/// identifiers, profile, phone number, mail.</summary>
internal sealed record GetInfo(CredentialReader Reader, HuaweiAccountProfile Profile, AccountDirectory Accounts,
    PairwiseIdentifiers Identifiers, OneTap OneTap) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterError,   x => x.Token.Text is not ""),
        new(E.ParameterIllegal, x => x.GetNickName is "" or "0" or "1"),
        // one code for everything that is wrong with a token
        new(E.SessionTimeout,   x => x.Token.IsValidAsync(), why: x => x.Token.WhyInvalid()),
        new(E.PermissionDenied, x => x.Token.IsOfUser,       why: _ => "the token is of an app alone"),
    ];

    public IOperation Define() => new Operation<Request>("huawei", "GetInfo", E.All)
    {
        Read = async call => new Request(call, this, await BearerToken.ReadAsync(call, Reader, Profile, TextIn(call))),
        Client = x => x.Token.AppId,
        IsProven = x => x.Token.IsProof,
        Rules = RuleLists.One(Rules, x => x.AnswerAsync()),
        Gives = Given.Subject,
        Failures = new FailureErrors(
            E.All,
            (Failure.Throttled, E.Throttled),
            (Failure.StorageFailed, E.SystemInternal),
            (Failure.StorageConflict, E.SystemInternal),
            (Failure.StorageTimeout, E.NetworkInternal),
            (Failure.DataUnreadable, E.Internal),
            (Failure.KeyLost, E.AuthenticationInternal)),
    };

    private static string TextIn(Call call) =>
        call.Parameters["access_token"] is { Length: > 0 } parameter ? parameter : BearerToken.InHeader(call.Http.Request);

    internal sealed class Request(Call call, GetInfo operation, BearerToken bearer)
    {
        public BearerToken Token => bearer;

        public string GetNickName => call.Parameters["getNickName"];

        private Credential Granted => bearer.Credential!;

        public async ValueTask<Answer> AnswerAsync() =>
            HuaweiAccountDialect.Ok(HuaweiAccountDialect.JsonUtf8, (bearer.App, await bearer.UserAsync(operation.Accounts)), Write);

        private void Write(Utf8JsonWriter json, (App App, Account Account) it)
        {
            json.WriteString("openID", operation.Identifiers.OpenId(it.App.Id, it.Account.Id));
            json.WriteString("unionID", operation.Identifiers.UnionId(it.App.DeveloperId, it.Account.Id));
            if (HuaweiAccountProfile.OpensProfile(Granted))
                WriteProfile(json, it.Account);

            WritePhones(json, it.App, it.Account);
            if (Granted.Covers("email") && it.Account.Email is { } mail)
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

        /// <summary>Two numbers may be shared: the one that was chosen, and the bound one for one-tap sign-in.
        /// What is said of both in one field is said of the chosen one.</summary>
        private void WritePhones(Utf8JsonWriter json, App app, Account account)
        {
            var chosen = SharedPhone(app, account);
            if (chosen is not null)
                json.WriteString("mobileNumber", PhoneFormat.Mobile(account, chosen));

            var (bound, warning) = OneTapPhone(app, account);
            if (bound is not null)
            {
                json.WriteString("loginMobileNumber", PhoneFormat.Mobile(account, bound));
                json.WriteNumber("loginMobileValid", OneTap.Valid(bound, call.NowFor(app.Id)));
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
            if (!OneTap.SharesNumber(app, Granted))
                return default;

            // to the letter: where a server stands is not known
            var region = OneTap.ForeignRegionOf(account) ?? (operation.OneTap.IsMainland(call.Peer) ? null : "xxx");
            return region is null
                ? (account.ProvedPhone, null)
                : (null, $"{region} site doesn't support quick login, see the guide for details");
        }

        /// <summary>The number that the person chose, as long as it is theirs and the app may ask for numbers.</summary>
        private PhoneNumber? SharedPhone(App app, Account account) =>
            Granted.PhoneId is { } id && HuaweiAccountProfile.OpensPhone(app, Granted)
                ? account.Phones.FirstOrDefault(phone => phone.Id == id)
                : null;
    }
}
