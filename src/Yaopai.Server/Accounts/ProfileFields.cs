using System.Globalization;

namespace Yaopai.Server.Accounts;

/// <summary>What people may tell of themselves, by name. It is theirs to say, and nobody has verified it.</summary>
internal static class ProfileFields
{
    public const string Birthday = "birthday";
    public const int LongestValue = 200;

    public static IReadOnlyList<string> Names { get; } =
        ["realname", "userdetail", Birthday, "marriage", "sex", "blood", "figure", "education", "trade", "job"];

    /// <summary>Null when the value will do; else what is wrong with it, as the end of a sentence.</summary>
    public static string? FaultOf(string name, string value) =>
        !Names.Contains(name) ? $"must be one of {string.Join(", ", Names)}"
        : value.Length > LongestValue || value.Any(char.IsControl)
            ? $"must have at most {LongestValue} characters and no control characters"
            : name is Birthday && value is not "" && DateOf(value) is null ? "must be a date: 1990-05-01"
            : null;

    public static DateOnly? DateOf(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
