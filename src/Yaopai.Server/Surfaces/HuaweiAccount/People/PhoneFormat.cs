using Yaopai.Server.Accounts;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>Phone numbers as the surface writes them.</summary>
internal static class PhoneFormat
{
    /// <summary>00 and the calling code: <c>0086</c>, <c>007</c>.</summary>
    public static string CountryCode(PhoneNumber phone) => "00" + phone.CallingCode;

    /// <summary>Without 00 and the calling code, whosever it is: <c>61234567</c>.</summary>
    public static string Pure(PhoneNumber phone) => phone.National;

    /// <summary>With 00 and the calling code, whosever it is: <c>008611136000008</c>.</summary>
    public static string Full(PhoneNumber phone) => CountryCode(phone) + phone.National;

    /// <summary>Bare for a mainland number of a mainland account, else with 00 and the calling code: <c>0085261234567</c>.</summary>
    public static string Mobile(Account account, PhoneNumber phone) =>
        account.IsMainland && phone.IsMainland ? phone.National : Full(phone);
}
