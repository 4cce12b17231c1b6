using Yaopai.Server.Accounts;
using Yaopai.Server.Consents;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.Consenting;

/// <summary>Which phone number an app is given: a person's choice among their own.</summary>
internal static class SharedPhone
{
    public const string Field = "phone";
    public const string None = "none";

    /// <summary>What was chosen before, or else the account's own number, is chosen already.</summary>
    public static IReadOnlyList<PhoneChoice> Choices(SurfaceProfiles profiles, Account account, Consent? before)
    {
        var chosen = before is not null && profiles.AskForPhone(before.Scopes) ? before.PhoneId : account.ProvedPhone?.Id;
        return [.. Of(account).Select(phone => new PhoneChoice(
            phone.Id, $"+{phone.CallingCode} {Masked.Phone(phone)}", phone.IsBound, phone.Id == chosen))];
    }

    /// <summary>False when nothing was chosen, or what is not there to choose. No number is a choice too.</summary>
    public static bool TryRead(IFormCollection form, Account account, out long? phone)
    {
        var chosen = form[Field].ToString();
        phone = Of(account).FirstOrDefault(known => known.Id.ToString() == chosen)?.Id;
        return phone is not null || chosen is None;
    }

    /// <summary>The account's own number and others, all of which proved to be the person's.</summary>
    private static IEnumerable<PhoneNumber> Of(Account account) =>
        account.Phones.Where(phone => phone.VerifiedAt is not null).OrderByDescending(phone => phone.IsBound);
}
