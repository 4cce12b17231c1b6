using System.Globalization;
using System.Text.RegularExpressions;
using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

internal enum FieldKind
{
    /// <summary>An id or code of the customer's.</summary>
    Id,
    Text,
    Mobile,

    /// <summary>One mobile number or several.</summary>
    Mobiles,
    Mail,

    /// <summary>One of the texts that the document lists.</summary>
    Choice,
    Number,

    /// <summary>A list of ids.</summary>
    Ids,

    /// <summary>The platform's code of a department, which is a number.</summary>
    Code,

    /// <summary>A list of codes.</summary>
    Codes,

    /// <summary>An object with a number for each id.</summary>
    NumberOfEach,

    /// <summary>An object of texts.</summary>
    Texts,
}

/// <summary>A member of an item in a list that changes contacts, and what may stand in it. An empty text counts as none.</summary>
/// <param name="Most">Of a text the longest, of a number the largest.</param>
internal sealed partial record Field(
    string Name, FieldKind Kind, bool IsRequired = false, int Most = 64, params IReadOnlyList<string> Choices)
{
    private const int MostOfList = 50;
    private const int LongestId = 64;

    public static Field Flag(string name, bool isRequired = false) => new(name, FieldKind.Choice, isRequired, 1, "0", "1");

    public Field Required() => this with { IsRequired = true };

    public bool IsThere(JsonBody item) =>
        item.Has(Name) && (item.IsScalar(Name) ? item.Scalar(Name) is not "" : item.Scalars(Name) is not []);

    /// <summary>Whether it can be read at all; whether it may be what it is, <see cref="IsAllowed"/> says.</summary>
    public bool IsWellFormed(JsonBody item) => !IsThere(item) || Kind switch
    {
        FieldKind.Id => IsId(item.Scalar(Name)),
        FieldKind.Code => CodeFormat.IsMatch(item.Scalar(Name)),
        FieldKind.Codes => ListIn(item) is { Count: <= MostOfList } codes && codes.All(code => CodeFormat.IsMatch(code)),
        FieldKind.Text => item.IsScalar(Name) && IsText(item.Scalar(Name)),
        FieldKind.Mobile => IsMobile(item.Scalar(Name)),
        FieldKind.Mobiles => ListIn(item) is { Count: <= MostOfList } numbers && numbers.All(IsMobile),
        FieldKind.Mail => AccountFormats.IsMail(item.Scalar(Name)),
        FieldKind.Choice => item.IsScalar(Name),
        FieldKind.Number => NumberFormat.IsMatch(item.Scalar(Name)),
        FieldKind.Ids => ListIn(item) is { Count: <= MostOfList } ids && ids.All(IsId),
        FieldKind.NumberOfEach => item.Object(Name) is { } each && each.Members.Count() <= MostOfList
            && each.Members.All(one => IsId(one.Key) && NumberFormat.IsMatch(one.Value)),
        FieldKind.Texts => item.Object(Name) is { } texts && texts.Members.Count() <= MostOfList
            && texts.Members.All(one => one.Key.Length is > 0 and <= 64 && IsText(one.Value)),
        _ => throw new ArgumentOutOfRangeException(nameof(item), Kind, null),
    };

    public bool IsAllowed(JsonBody item) => !IsThere(item) || Kind switch
    {
        FieldKind.Choice => Choices.Contains(item.Scalar(Name)),
        FieldKind.Number => IsInRange(item.Scalar(Name)),
        FieldKind.NumberOfEach => item.Object(Name)!.Value.Members.All(one => IsInRange(one.Value)),
        _ => true,
    };

    /// <summary>A list, or the one value that stands in its place; null for anything else.</summary>
    public IReadOnlyList<string>? ListIn(JsonBody item) => item.Scalars(Name) ?? (item.Scalar(Name) is { Length: > 0 } one ? [one] : null);

    public static bool IsMobile(string text) =>
        MobileFormat.IsMatch(text) && MobileNumber.Read(text) is not null;

    private bool IsId(string text) => text.Length <= (Kind is FieldKind.Id ? Most : LongestId) && IdFormat.IsMatch(text);

    private bool IsText(string text) => text.Length <= Most && !text.Any(char.IsControl);

    private bool IsInRange(string text) => int.Parse(text, CultureInfo.InvariantCulture) is >= 1 and var number && number <= Most;

    [GeneratedRegex(@"^[0-9A-Za-z_.@\-]+\z")]
    private static partial Regex IdFormat { get; }

    [GeneratedRegex(@"^\+[1-9][0-9]{0,3}-[0-9]{4,15}\z")]
    private static partial Regex MobileFormat { get; }

    [GeneratedRegex(@"^[0-9]{1,18}\z")]
    private static partial Regex CodeFormat { get; }

    [GeneratedRegex(@"^[0-9]{1,6}\z")]
    private static partial Regex NumberFormat { get; }
}
