using System.Globalization;

namespace Yaopai.Server.Keys;

/// <summary>The day a key is made for, and which rotation by hand of that day made it (0: none).</summary>
internal readonly record struct KeySlot(DateOnly Day, int Number = 0) : IComparable<KeySlot>
{
    private const string DayFormat = "yyyy-MM-dd";

    // Keys turn at midnight in China, where the platforms' developers are.
    private static readonly TimeSpan s_zone = TimeSpan.FromHours(8);

    public DateTimeOffset StartsAt => new(Day.ToDateTime(TimeOnly.MinValue), s_zone);

    public static KeySlot Of(DateTimeOffset instant) => new(DateOnly.FromDateTime(instant.ToOffset(s_zone).DateTime));

    public static bool TryParse(string text, out KeySlot slot)
    {
        var dot = text.IndexOf('.');
        var number = 0;
        var isSlot = DateOnly.TryParseExact(dot < 0 ? text : text[..dot], DayFormat, out var day)
            && (dot < 0 || int.TryParse(text[(dot + 1)..], NumberStyles.None, null, out number));
        slot = new(day, number);
        return isSlot;
    }

    public KeySlot AddDays(int days) => new(Day.AddDays(days));

    public int CompareTo(KeySlot other) => (Day, Number).CompareTo((other.Day, other.Number));

    public override string ToString() => Number == 0 ? Day.ToString(DayFormat) : $"{Day.ToString(DayFormat)}.{Number}";
}
