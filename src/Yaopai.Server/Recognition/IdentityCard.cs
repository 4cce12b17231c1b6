using System.Globalization;
using System.Text.RegularExpressions;
using Yaopai.Server.Accounts.RealNames;

namespace Yaopai.Server.Recognition;

/// <summary>What a citizen's identity card says: what is printed behind its labels. Empty is what was not read.</summary>
/// <remarks>A number whose check character is wrong was not read, and neither was what looks like one.</remarks>
internal sealed partial record IdentityCard
{
    public string Name { get; private init; } = "";
    public string Sex { get; private init; } = "";
    public string Ethnicity { get; private init; } = "";
    public string Birth { get; private init; } = "";
    public string Address { get; private init; } = "";
    public string Number { get; private init; } = "";
    public string Issuer { get; private init; } = "";
    public string ValidFrom { get; private init; } = "";
    public string ValidTo { get; private init; } = "";

    public bool IsFront => Number is not "";

    public bool IsBack => Issuer is not "" && ValidFrom is not "";

    /// <param name="now">No one is born after it.</param>
    public static IdentityCard Of(OcrText text, DateTimeOffset now)
    {
        var read = string.Join('\n', text.Lines.Select(line => line.Text));
        var birth = BirthDate.Match(read);
        var validity = Validity.Match(read);
        return new()
        {
            Name = First(NameLabel, read),
            Sex = First(SexLabel, read),
            Ethnicity = First(EthnicityLabel, read),
            Birth = birth.Success ? string.Join('-', birth.Groups.Values.Skip(1).Select(part => part.Value.PadLeft(2, '0'))) : "",
            Address = First(AddressLabel, read).ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal),
            Number = NumberIn(read, now),
            Issuer = First(IssuerLabel, read),
            ValidFrom = DateOf(validity.Groups[1].Value),
            ValidTo = DateOf(validity.Groups[2].Value),
        };
    }

    private static string NumberIn(string read, DateTimeOffset now)
    {
        foreach (Match match in Digits.Matches(read.Replace(" ", "", StringComparison.Ordinal)))
        {
            if (ResidentIdentityNumber.TryParse(match.Value, now, out var number, out _))
                return number.Text;
        }

        return "";
    }

    private static string First(Regex label, string read) => label.Match(read).Groups[1].Value.Trim();

    private static string DateOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy.MM.dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : text; // 长期: it ends never

    [GeneratedRegex(@"姓\s*名\s*[:：]?\s*(\p{IsCJKUnifiedIdeographs}[\p{IsCJKUnifiedIdeographs}· ]*)")]
    private static partial Regex NameLabel { get; }

    [GeneratedRegex(@"性\s*别\s*[:：]?\s*([男女])")]
    private static partial Regex SexLabel { get; }

    [GeneratedRegex(@"民\s*族\s*[:：]?\s*(\p{IsCJKUnifiedIdeographs}+)")]
    private static partial Regex EthnicityLabel { get; }

    [GeneratedRegex(@"出\s*生\s*[:：]?\s*([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日")]
    private static partial Regex BirthDate { get; }

    // An address takes up to three lines, and the number follows it.
    [GeneratedRegex(@"住\s*址\s*[:：]?\s*((?:(?!公\s*民|[0-9]{17})[^\n]+\n?){1,3})")]
    private static partial Regex AddressLabel { get; }

    [GeneratedRegex(@"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")]
    private static partial Regex Digits { get; }

    [GeneratedRegex(@"签\s*发\s*机\s*关\s*[:：]?\s*([^\n]+)")]
    private static partial Regex IssuerLabel { get; }

    [GeneratedRegex(@"有\s*效\s*期\s*限?\s*[:：]?\s*([0-9]{4}\.[0-9]{2}\.[0-9]{2})\s*[-—–一]\s*([0-9]{4}\.[0-9]{2}\.[0-9]{2}|长期)")]
    private static partial Regex Validity { get; }
}
