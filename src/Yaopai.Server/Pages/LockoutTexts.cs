using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages;

/// <summary>What somebody reads who failed too often.</summary>
internal static class LockoutTexts
{
    /// <param name="duration">How long a lockout lasts.</param>
    public static Phrase For(TimeSpan duration)
    {
        var minutes = (long)Math.Ceiling(duration.TotalMinutes);
        var (count, zh, en) = minutes % 60 is 0 ? (minutes / 60, "小时", "hour") : (minutes, "分钟", "minute");
        return new(
            $"失败次数过多。请在{count}{zh}后再试。", $"Too many failed attempts. Wait {count} {en}{(count is 1 ? "" : "s")}, then try again.");
    }
}
