using System.Text.RegularExpressions;
using PhoneNumbers;

namespace Yaopai.Server.Recognition;

/// <summary>What a business card says, each as it is printed.</summary>
/// <remarks>
/// Every segment of the text is looked at once, and what it is depends on what it holds: first what has a form of its own (mail, web
/// address, postcode, numbers), then what is told by its words (address, company, department, title). The name is the tallest of what
/// is left and has the form of one. What is nothing of this is left out.
/// </remarks>
internal sealed partial record BusinessCard
{
    private const string CallingFrom = "CN";

    public IReadOnlyList<string> Names { get; private init; } = [];
    public IReadOnlyList<string> Titles { get; private init; } = [];
    public IReadOnlyList<string> Companies { get; private init; } = [];
    public IReadOnlyList<string> Departments { get; private init; } = [];
    public IReadOnlyList<string> Phones { get; private init; } = [];
    public IReadOnlyList<string> Faxes { get; private init; } = [];
    public IReadOnlyList<string> Mails { get; private init; } = [];
    public IReadOnlyList<string> Websites { get; private init; } = [];
    public IReadOnlyList<string> Addresses { get; private init; } = [];
    public IReadOnlyList<string> Postcodes { get; private init; } = [];

    /// <summary>Whether it looks like a business card: a way to reach somebody, and who it is.</summary>
    public bool IsLikely => (Phones.Count > 0 || Mails.Count > 0) && Names.Count + Titles.Count + Companies.Count > 1;

    public static BusinessCard Of(OcrText text)
    {
        List<string> titles = [], companies = [], departments = [], phones = [], faxes = [], mails = [], websites = [], addresses = [],
            postcodes = [];
        List<(string Text, int Height)> left = [];
        foreach (var (segment, height) in text.Lines.SelectMany(line => line.Segments.Select(segment => (segment.Text, line.Height))))
        {
            var rest = Take(segment, Mail, mails);
            rest = Take(rest, Website, websites);
            rest = Take(rest, Postcode, postcodes);
            rest = TakeNumbers(rest, phones, faxes);
            rest = Label.Replace(rest, "").Trim(' ', ':', '：', ',', '，', ';', '；', '|');
            if (rest.Length < 2)
                continue;

            var kind = AddressLabel.IsMatch(segment) || PartsOfAddress.Count(rest) > 1 ? addresses
                : Company.IsMatch(rest) ? companies
                : Title.IsMatch(rest) ? titles
                : Department.IsMatch(rest) ? departments
                : null;
            if (kind is null)
                left.Add((rest, height));
            else
                kind.Add(rest);
        }

        var name = left.Where(one => Name.IsMatch(one.Text)).OrderByDescending(one => one.Height).Select(one => one.Text).Take(1);
        return new()
        {
            Names = [.. name],
            Titles = titles,
            Companies = companies,
            Departments = departments,
            Phones = phones,
            Faxes = faxes,
            Mails = mails,
            Websites = websites,
            Addresses = addresses,
            Postcodes = postcodes,
        };
    }

    /// <summary>Takes what a pattern finds, by its group where it has one, and leaves the rest.</summary>
    private static string Take(string text, Regex pattern, List<string> found) => pattern.Replace(text, match =>
    {
        found.Add(match.Groups[match.Groups.Count - 1].Value);
        return " ";
    });

    private static string TakeNumbers(string text, List<string> phones, List<string> faxes)
    {
        var (rest, before) = ("", 0);
        foreach (var match in PhoneNumberUtil.GetInstance().FindNumbers(text, CallingFrom))
        {
            var label = text[before..match.Start];
            (Fax.IsMatch(label) ? faxes : phones).Add(match.RawString);
            rest += label + " ";
            before = match.Start + match.Length;
        }

        return rest + text[before..];
    }

    [GeneratedRegex(@"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")]
    private static partial Regex Mail { get; }

    [GeneratedRegex(@"(?:https?://|\bwww\.)[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?:/[A-Za-z0-9._~/-]*)?", RegexOptions.IgnoreCase)]
    private static partial Regex Website { get; }

    [GeneratedRegex(@"(?:邮编|邮政编码|Postcode|Post Code|P\.?C\.?|Zip)\s*[:：.]?\s*([0-9]{6})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Postcode { get; }

    [GeneratedRegex(@"传真|\bfax\b|\bF\s*[:：]", RegexOptions.IgnoreCase)]
    private static partial Regex Fax { get; }

    [GeneratedRegex(@"^\s*(?:地\s*址|Add(?:ress)?\b)", RegexOptions.IgnoreCase)]
    private static partial Regex AddressLabel { get; }

    [GeneratedRegex(
        @"手\s*机|电\s*话|移动电话|固话|座机|传\s*真|邮\s*箱|邮\s*件|电子邮[箱件]|网\s*址|网站|主页|地\s*址|邮编|部\s*门|职[务位]"
        + @"|\b(?:e-?mail|mobile|cell|phone|tel(?:ephone)?|fax|web(?:site)?|add(?:ress)?)\b\.?|^[MTFEWA](?=\s*[:：])",
        RegexOptions.IgnoreCase)]
    private static partial Regex Label { get; }

    [GeneratedRegex(@"省|市|自治区|[区县镇乡]|[路街道巷弄]|大厦|广场|大楼|[0-9A-Z]+[号栋座层室楼]|\b(?:Road|Rd|Street|St|Avenue|Ave|District|Floor|Building)\b")]
    private static partial Regex PartsOfAddress { get; }

    [GeneratedRegex(
        @"公司|集团|银行|大学|学院|医院|研究[院所]|事务所|协会|工作室"
        + @"|\b(?:Ltd|Limited|Inc|Corp|Corporation|Company|LLC|GmbH|Group|University|Bank|Institute)\b|\bCo\.")]
    private static partial Regex Company { get; }

    [GeneratedRegex(
        @"总监|经理|总裁|董事|主任|主管|工程师|设计师|架构师|会计师?$|律师|顾问|教授|讲师|医生|助理|秘书|专员|代表|处长|科长|部长|院长|校长|创始人|合伙人"
        + @"|\b(?:Manager|Director|Engineer|President|Officer|Chief|CEO|CTO|CFO|COO|Designer|Architect|Consultant|Professor|Partner)\b")]
    private static partial Regex Title { get; }

    [GeneratedRegex(@"(?:部|部门|中心|科|处|办公室)$|\b(?:Department|Dept|Division|Center|Centre)\b")]
    private static partial Regex Department { get; }

    [GeneratedRegex(
        @"^(?:\p{IsCJKUnifiedIdeographs}{2,4}(?:·\p{IsCJKUnifiedIdeographs}{1,6})?|[A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*){1,3})\z")]
    private static partial Regex Name { get; }
}
