namespace Yaopai.Server.Accounts.Risk;

/// <summary>One line of the table: a signal, what it is called, and how much it counts.</summary>
internal sealed record RiskRule(RiskTag Tag, int Weight, Func<RiskFacts, bool> Fires);

/// <summary>What makes an account suspicious. The weights of the signals that fire are added up; the sum gives the level.</summary>
internal static class RiskRules
{
    public static IReadOnlyList<RiskRule> All { get; } =
    [
        // Somebody tries passwords: more often than one mistypes, often enough to be locked out, again and again.
        new(RiskTag.IllegalLogin,    20, x => x.History.Failures >= 3),
        new(RiskTag.IllegalLogin,    20, x => x.History.Failures >= 5),
        new(RiskTag.IllegalLogin,    30, x => x.History.Failures >= 15),

        // The latest sign-in came from where the account never was.
        new(RiskTag.RiskDevice,      15, x => x.DeviceIsNew),
        new(RiskTag.RiskDevice,      10, x => x.NetworkIsNew),

        // Many accounts, one hand.
        new(RiskTag.IpCluster,       20, x => x.AccountsOfAddress >= 5),
        new(RiskTag.DeviceCluster,   30, x => x.AccountsOfDevice >= 4),
        new(RiskTag.BatchBehavior,   40, x => x.AccountsOfNetwork >= 10),

        // Reached by what can be thrown away, or by what may be somebody else's by now.
        new(RiskTag.SpamMailbox,     30, x => x.MailIsDisposable),
        new(RiskTag.RiskPhoneNumber, 15, x => x.NumberIsStale),
        new(RiskTag.RiskPhoneNumber, 20, x => x.NumberIsNoSubscribers),

        // Made for the campaign.
        new(RiskTag.ActivityFraud,   40, x => x.Scene is RiskScene.Marketing && x.IsYoung && x.AppsInTheLastHour >= 5),
    ];

    /// <summary>From which sum on; the highest that is reached.</summary>
    private static readonly (int Sum, RiskLevel Level)[] s_levels =
    [
        (60, RiskLevel.High),
        (30, RiskLevel.Medium),
        (1,  RiskLevel.Low),
    ];

    public static Risk Apply(RiskFacts facts)
    {
        var fired = All.Where(rule => rule.Fires(facts)).ToArray();
        var sum = fired.Sum(rule => rule.Weight);
        var level = s_levels.FirstOrDefault(row => sum >= row.Sum).Level;

        // An account that never signed in here gave no reason for trust either.
        return new Risk(
            level is RiskLevel.None && facts.NothingIsRecorded ? RiskLevel.Unknown : level, [.. fired.Select(rule => rule.Tag).Distinct()]);
    }
}
