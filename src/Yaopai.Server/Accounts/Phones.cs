using System.Text.RegularExpressions;

namespace Yaopai.Server.Accounts;

/// <summary>Mobile phone numbers as people write them: with plus and calling code, or of the mainland without.</summary>
internal static partial class Phones
{
    /// <summary>Null for a text that no number can be; of the mainland for one that no mobile number there can be, too.</summary>
    public static NewPhoneNumber? Read(string text) =>
        Parse(text) is { } number && (number.CallingCode is not "86" || MobileOfMainland.IsMatch(number.National)) ? number : null;

    public static async ValueTask<Account?> FindAsync(IAccountStore accounts, string text, CancellationToken ct) =>
        Parse(text) is { } number ? await FindAsync(accounts, number, ct) : null;

    /// <summary>The account that has the number, in whichever way it was stored.</summary>
    public static async ValueTask<Account?> FindAsync(IAccountStore accounts, NewPhoneNumber number, CancellationToken ct)
    {
        foreach (var national in number.Nationals)
        {
            if (await accounts.FindByPhoneAsync(number.CallingCode, national, ct) is { } account)
                return account;
        }

        return null;
    }

    private static NewPhoneNumber? Parse(string text) =>
        text.Length <= 32 && NewPhoneNumber.TryParse(text, HalfWidth.Of(text) is ['+', ..] ? null : "CN", out var number, out _)
            ? number
            : null;

    [GeneratedRegex(@"^1[3-9][0-9]{9}\z")]
    private static partial Regex MobileOfMainland { get; }
}
