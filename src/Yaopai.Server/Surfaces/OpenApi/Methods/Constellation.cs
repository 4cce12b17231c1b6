using System.Globalization;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>What a birthday says beside the day.</summary>
internal static class Constellation
{
    /// <summary>The last day of each, in the month that has the number of the line; the next one begins the day after.</summary>
    private static readonly (int LastDay, string Name)[] s_byMonth =
    [
        (19, "摩羯座"), (18, "水瓶座"), (20, "双鱼座"), (19, "白羊座"), (20, "金牛座"), (21, "双子座"),
        (22, "巨蟹座"), (22, "狮子座"), (22, "处女座"), (23, "天秤座"), (22, "天蝎座"), (21, "射手座"),
    ];

    public static string Of(DateOnly birthday)
    {
        var (lastDay, name) = s_byMonth[birthday.Month - 1];
        return birthday.Day <= lastDay ? name : s_byMonth[birthday.Month % 12].Name;
    }

    /// <summary>In whole years; empty for a birthday in the future.</summary>
    public static string AgeAt(DateOnly birthday, DateOnly today)
    {
        var years = today.Year - birthday.Year - (
            today.Month < birthday.Month || (today.Month == birthday.Month && today.Day < birthday.Day) ? 1 : 0);
        return years < 0 ? "" : years.ToString(CultureInfo.InvariantCulture);
    }
}
