using System.Globalization;
using System.Text.Json;

namespace Yaopai.Server.Admin.Api;

/// <summary>What is wrong with one value of a request.</summary>
/// <param name="Pointer">To a member (RFC 6901), or the name of a parameter.</param>
internal sealed record InputFault(string Pointer, string Detail);

/// <summary>What came, held to a table of members: from here on every value is of its kind and within its limits.</summary>
internal sealed class Input
{
    private readonly Dictionary<string, object?> _values;

    private Input(Dictionary<string, object?> values) => _values = values;

    public static Input Empty { get; } = new([]);

    /// <summary>All faults at once; none where the input can be used.</summary>
    public static (Input Input, IReadOnlyList<InputFault> Faults) OfBody(JsonElement root, IReadOnlyList<Member> members)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var faults = new List<InputFault>();
        foreach (var property in root.EnumerateObject())
        {
            var pointer = $"/{property.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            if (Find(members, property.Name) is not { } member)
                faults.Add(new(Cut(pointer), Unknown(property.Name, members, "member")));
            else
                values[member.Name] = Read(property.Value, member, pointer, faults);
        }

        Require(members, values, name => $"/{name}", faults);
        return (new(values), faults);
    }

    /// <summary>The same of a query.</summary>
    public static (Input Input, IReadOnlyList<InputFault> Faults) OfQuery(IQueryCollection query, IReadOnlyList<Member> members)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var faults = new List<InputFault>();
        foreach (var (name, given) in query)
        {
            if (Find(members, name) is not { } member)
                faults.Add(new(Cut(name), Unknown(name, members, "parameter")));
            else if (given is not [{ } text])
                faults.Add(new(name, "may occur once"));
            else if (Parsed(text, member) is { Fault: { } fault })
                faults.Add(new(name, fault));
            else
                values[member.Name] = Parsed(text, member).Value;
        }

        Require(members, values, name => name, faults);
        return (new(values), faults);
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => (string?)_values.GetValueOrDefault(name);

    public long? Number(string name) => (long?)_values.GetValueOrDefault(name);

    public bool? Flag(string name) => (bool?)_values.GetValueOrDefault(name);

    public DateTimeOffset? Instant(string name) => (DateTimeOffset?)_values.GetValueOrDefault(name);

    public IReadOnlyList<string>? Texts(string name) => (IReadOnlyList<string>?)_values.GetValueOrDefault(name);

    /// <summary>Null where it was not given; null inside where null was.</summary>
    public Resources.Choice<T>? Choice<T>(string name, Func<string, T> read) => Has(name) ? new(read(name)) : null;

    private static Member? Find(IReadOnlyList<Member> members, string name) => members.FirstOrDefault(member => member.Name == name);

    private static string Unknown(string name, IReadOnlyList<Member> members, string what) =>
        Spelling.Nearest(name, members.Select(member => member.Name)) is { } meant
            ? $"is no {what} here; did you mean {meant}?"
            : members.Count == 0 ? $"is no {what} here; there is none"
            : $"is no {what} here; there are {string.Join(", ", members.Select(member => member.Name))}";

    private static void Require(
        IReadOnlyList<Member> members, Dictionary<string, object?> values, Func<string, string> pointer, List<InputFault> faults)
    {
        foreach (var member in members.Where(member => member.IsRequired && !values.ContainsKey(member.Name)))
        {
            if (!faults.Exists(fault => fault.Pointer == pointer(member.Name)))
                faults.Add(new(pointer(member.Name), "is missing"));
        }
    }

    private static object? Read(JsonElement value, Member member, string pointer, List<InputFault> faults)
    {
        if (value.ValueKind is JsonValueKind.Null)
        {
            if (!member.IsNullable)
                faults.Add(new(pointer, $"must be {KindOf(member)}, not null"));
            return null;
        }

        switch (member.Kind, value.ValueKind)
        {
            case (ValueKind.Text or ValueKind.Instant, JsonValueKind.String):
                var (parsed, fault) = Parsed(value.GetString()!, member);
                if (fault is not null)
                    faults.Add(new(pointer, fault));
                return parsed;
            case (ValueKind.Number, JsonValueKind.Number) when value.TryGetInt64(out var number):
                if (RangeFault(number, member) is { } outside)
                    faults.Add(new(pointer, outside));
                return number;
            case (ValueKind.Flag, JsonValueKind.True or JsonValueKind.False):
                return value.GetBoolean();
            case (ValueKind.Texts, JsonValueKind.Array):
                return Texts(value, member, pointer, faults);
            default:
                faults.Add(new(pointer, $"must be {KindOf(member)}"));
                return null;
        }
    }

    private static List<string> Texts(JsonElement array, Member member, string pointer, List<InputFault> faults)
    {
        var texts = new List<string>();
        if (array.GetArrayLength() > MostOf(member))
        {
            faults.Add(new(pointer, $"may have {MostOf(member)} items"));
            return texts;
        }

        foreach (var (index, item) in array.EnumerateArray().Index())
        {
            if (item.ValueKind is not JsonValueKind.String)
                faults.Add(new($"{pointer}/{index}", "must be a text"));
            else if (TextFault(item.GetString()!, member) is { } fault)
                faults.Add(new($"{pointer}/{index}", fault));
            else
                texts.Add(item.GetString()!);
        }

        return [.. texts.Distinct()];
    }

    private static long MostOf(Member member) => Math.Min(member.Most, Member.MostItems);

    /// <summary>A value as a query has it; of a body only a text or an instant comes here.</summary>
    private static (object? Value, string? Fault) Parsed(string text, Member member) => member.Kind switch
    {
        ValueKind.Instant => TryInstant(text, out var instant)
            ? (instant, null)
            : (null, "must be a date or time in UTC: 2026-01-31, 2026-01-31T08:00:00Z"),
        ValueKind.Number => !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? (null, "must be a number")
            : RangeFault(number, member) is { } outside ? (null, outside) : (number, null),
        ValueKind.Flag => text is "true" or "false" ? (text is "true", null) : (null, "must be true or false"),
        _ => TextFault(text, member) is { } fault ? (null, fault) : (text, null),
    };

    private static bool TryInstant(string text, out DateTimeOffset instant) => Formats.TryInstant(text, out instant);

    private static string? TextFault(string text, Member member) =>
        text.Length > member.Longest ? $"may have {member.Longest} characters"
        : member.Words is { } words && !words.Contains(text) ? $"must be one of {string.Join(", ", words)}"
        : member.FaultOf?.Invoke(text) is { } fault ? fault
        : text.Any(c => c is '\0' || (char.IsControl(c) && member.FaultOf is null)) ? "may have no control characters"
        : !IsWhole(text) ? "is no text of Unicode"
        : null;

    /// <summary>Half of a surrogate pair is no character, and no database takes it.</summary>
    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    private static string? RangeFault(long number, Member member) =>
        number >= member.Least && number <= member.Most ? null
        : member.Most == long.MaxValue ? $"must be {member.Least} or more"
        : $"must be from {member.Least} to {member.Most}";

    private static string KindOf(Member member) => member.Kind switch
    {
        ValueKind.Text => "a text",
        ValueKind.Number => "a whole number",
        ValueKind.Flag => "true or false",
        ValueKind.Instant => "a time in UTC, as a text",
        _ => "a list of texts",
    };

    private static string Cut(string name) => name.Length <= 80 ? name : name[..80] + "…";
}
