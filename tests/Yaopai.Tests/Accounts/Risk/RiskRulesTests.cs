using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Risk;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Accounts.Risk;

public sealed class RiskRulesTests
{
    private static readonly RiskFacts s_nothing = new(
        Samples.NewAccount() with { CreatedAt = Samples.Noon.AddYears(-1) }, Samples.Noon, RiskScene.Registration,
        new SignInHistory([], 0));

    /// <summary>An account that signs in from one place, with one browser.</summary>
    private static readonly RiskFacts s_calm = s_nothing with { History = new SignInHistory([At(-1, 1, 1), At(-30, 1, 1)], 0) };

    /// <summary>What happened to a calm account, and what is said of it.</summary>
    public static TheoryData<string, string> Signals { get; } = new()
    {
        { "nothing",                                              "None" },
        { "two failures",                                         "None" },
        { "three failures",                                       "Low IllegalLogin" },
        { "five failures",                                        "Medium IllegalLogin" },
        { "fifteen failures",                                     "High IllegalLogin" },
        { "a new device",                                         "Low RiskDevice" },
        { "a new network",                                        "Low RiskDevice" },
        { "a new device, a week ago",                             "None" },
        { "a browser without an id",                              "Low RiskDevice" },
        { "the first device with an id",                          "None" },
        { "the first sign-in",                                    "None" },
        { "four accounts of the address",                         "None" },
        { "five accounts of the address",                         "Low IpCluster" },
        { "three accounts on the device",                         "None" },
        { "four accounts on the device",                          "Medium DeviceCluster" },
        { "nine accounts of the network",                         "None" },
        { "ten accounts of the network",                          "Medium BatchBehavior" },
        { "a disposable mail address",                            "Medium SpamMailbox" },
        { "a number proved today",                                "None" },
        { "a number proved 90 days ago",                          "Low RiskPhoneNumber" },
        { "a number never proved",                                "Low RiskPhoneNumber" },
        { "a virtual operator's number",                          "Low RiskPhoneNumber" },
        { "an old number that is not bound",                      "None" },
        { "a day-old account with five apps, marketing",          "Medium ActivityFraud" },
        { "a day-old account with four apps, marketing",          "None" },
        { "a day-old account with five apps, registration",       "None" },
        { "an older account with five apps, marketing",           "None" },
        { "disposable mail and four accounts on the device",      "High DeviceCluster SpamMailbox" },
    };

    [Theory, MemberData(nameof(Signals))]
    public void Each_signal_fires_where_it_should_and_nowhere_else(string what, string expected)
    {
        var risk = RiskRules.Apply(Facts(what));

        Assert.Equal(expected, string.Join(' ', [risk.Level.ToString(), .. risk.Tags.Select(tag => tag.ToString())]));
    }

    [Fact]
    public void Every_rule_fires_for_some_signal() => Assert.All(
        RiskRules.All, rule => Assert.Contains(Signals, row => rule.Fires(Facts(row.Data.Item1))));

    [Fact]
    public void An_account_that_never_signed_in_is_unknown_unless_something_fires()
    {
        Assert.Equal(RiskLevel.Unknown, RiskRules.Apply(s_nothing).Level);
        Assert.Equal(RiskLevel.None, RiskRules.Apply(s_nothing with { History = new SignInHistory([], 1) }).Level);
        Assert.Equal(
            RiskLevel.Medium, RiskRules.Apply(s_nothing with { Account = s_nothing.Account with { Email = "a@mailinator.com" } }).Level);
    }

    private static RiskFacts Facts(string what) => what switch
    {
        "nothing" => s_calm,
        "two failures" => Failed(2),
        "three failures" => Failed(3),
        "five failures" => Failed(5),
        "fifteen failures" => Failed(15),
        "a new device" => After(At(0, network: 1, device: 2)),
        "a new network" => After(At(0, network: 2, device: 1)),
        "a new device, a week ago" => s_nothing with { History = new SignInHistory([At(-7, 1, 2), At(-30, 1, 1)], 0) },
        "a browser without an id" => After(At(0, network: 1, device: null)),
        "the first device with an id" => s_nothing with { History = new SignInHistory([At(0, 1, 1), At(-1, 1, null)], 0) },
        "the first sign-in" => s_nothing with { History = new SignInHistory([At(0, 1, 1)], 0) },
        "four accounts of the address" => Among(new(4, 1, 1)),
        "five accounts of the address" => Among(new(5, 1, 1)),
        "three accounts on the device" => Among(new(1, 1, 3)),
        "four accounts on the device" => Among(new(1, 1, 4)),
        "nine accounts of the network" => Among(new(1, 9, 1)),
        "ten accounts of the network" => Among(new(1, 10, 1)),
        "a disposable mail address" => Of(account => account with { Email = "someone@Mailinator.com" }),
        "a number proved today" => Of(account => account with { Phones = [Phone("11136000008", days: 0)] }),
        "a number proved 90 days ago" => Of(account => account with { Phones = [Phone("11136000008", days: -90)] }),
        "a number never proved" => Of(account => account with { Phones = [Phone("11136000008", days: 0) with { VerifiedAt = null }] }),
        "a virtual operator's number" => Of(account => account with { Phones = [Phone("17000000000", days: 0)] }),
        "an old number that is not bound" =>
            Of(account => account with { Phones = [Phone("17000000000", days: -900) with { IsBound = false }] }),
        "a day-old account with five apps, marketing" => Young(hours: 23, apps: 5, RiskScene.Marketing),
        "a day-old account with four apps, marketing" => Young(hours: 23, apps: 4, RiskScene.Marketing),
        "a day-old account with five apps, registration" => Young(hours: 23, apps: 5, RiskScene.Registration),
        "an older account with five apps, marketing" => Young(hours: 24, apps: 5, RiskScene.Marketing),
        "disposable mail and four accounts on the device" =>
            Among(new(1, 1, 4)) with { Account = s_calm.Account with { Email = "x@yopmail.com" } },
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private static RiskFacts Failed(int failures) => s_calm with { History = s_calm.History with { Failures = failures } };

    private static RiskFacts After(SignInRecord latest) =>
        s_calm with { History = new SignInHistory([latest, .. s_calm.History.Successes], 0) };

    private static RiskFacts Among(SignInNeighbours neighbours) => s_calm with { Neighbours = neighbours };

    private static RiskFacts Of(Func<Account, Account> change) => s_calm with { Account = change(s_calm.Account) };

    private static RiskFacts Young(int hours, int apps, RiskScene scene) =>
        Of(account => account with { CreatedAt = Samples.Noon.AddHours(-hours) }) with { AppsInTheLastHour = apps, Scene = scene };

    private static PhoneNumber Phone(string national, int days) => new(1, "86", national, "CN", IsBound: true, Samples.Noon.AddDays(days));

    private static SignInRecord At(int days, byte network, byte? device) =>
        new(1, Samples.Noon.AddDays(days), SignInOutcome.SignedIn, [network], [network], device is { } its ? [its] : null);
}
