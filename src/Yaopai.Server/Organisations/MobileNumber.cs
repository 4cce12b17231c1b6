using Yaopai.Server.Accounts;

namespace Yaopai.Server.Organisations;

/// <summary>Mobile numbers of members: a line has one spelling, <c>+86-13900000000</c>.</summary>
internal static class MobileNumber
{
    /// <summary>How often a number may change within <see cref="Window"/>.</summary>
    public const int MostChanges = 3;

    private const int Longest = 40;

    public static TimeSpan Window { get; } = TimeSpan.FromHours(24);

    /// <summary>Null for a text that is no number with its calling code.</summary>
    public static NewPhoneNumber? Read(string text) =>
        text.Length <= Longest && text is ['+', ..] && NewPhoneNumber.TryParse(text, region: null, out var number, out _) ? number : null;

    public static string Write(NewPhoneNumber number) => Write(number.CallingCode, number.National);

    public static string Write(string callingCode, string national) => $"+{callingCode}-{national}";
}
