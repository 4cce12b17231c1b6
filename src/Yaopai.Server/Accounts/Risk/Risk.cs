namespace Yaopai.Server.Accounts.Risk;

/// <summary>How much caution an account deserves. The numbers are what callers know.</summary>
internal enum RiskLevel
{
    None = 0,
    Low = 1,
    Medium = 2,
    High = 3,

    /// <summary>Nothing is known of the account, neither for nor against it.</summary>
    Unknown = 4,
}

/// <summary>Why.</summary>
internal enum RiskTag
{
    SpamMailbox,
    RiskPhoneNumber,
    RiskDevice,
    IpCluster,
    DeviceCluster,
    BatchBehavior,
    IllegalLogin,
    ActivityFraud,
}

/// <summary>What an app is about to let the account do.</summary>
internal enum RiskScene
{
    Registration,
    Marketing,
}

/// <param name="Tags">Each once, in the order of the rules.</param>
internal sealed record Risk(RiskLevel Level, IReadOnlyList<RiskTag> Tags);
