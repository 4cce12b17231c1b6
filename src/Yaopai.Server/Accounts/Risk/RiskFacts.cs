namespace Yaopai.Server.Accounts.Risk;

/// <summary>What is known of an account at one moment: everything that the rules look at.</summary>
/// <param name="Neighbours">Around the latest sign-in; null when that is not recent, or there was none.</param>
/// <param name="AppsInTheLastHour">Apps that were given consent; read for a young account that is about to take part in a campaign.</param>
internal sealed record RiskFacts(
    Account Account, DateTimeOffset Now, RiskScene Scene, SignInHistory History, SignInNeighbours? Neighbours = null,
    int AppsInTheLastHour = 0)
{
    /// <summary>How long a sign-in is recent.</summary>
    private static readonly TimeSpan s_recently = TimeSpan.FromDays(7);

    private static readonly TimeSpan s_youth = TimeSpan.FromDays(1);

    private static readonly TimeSpan s_proofOfNumber = TimeSpan.FromDays(90);

    public static DateTimeOffset FailuresCountSince(DateTimeOffset now) => now - TimeSpan.FromDays(1);

    public static Neighbourhood Neighbourhood { get; } =
        new(OfAddress: TimeSpan.FromDays(1), OfNetwork: TimeSpan.FromMinutes(10), OfDevice: TimeSpan.FromDays(30));

    /// <summary>The latest sign-in, when it is recent.</summary>
    public SignInRecord? Latest => History.Successes is [var latest, ..] && latest.At > Now - s_recently ? latest : null;

    public bool IsYoung => Account.CreatedAt > Now - s_youth;

    public bool NothingIsRecorded => History.Successes.Count == 0 && History.Failures == 0;

    public int AccountsOfAddress => Neighbours?.OfAddress ?? 0;

    public int AccountsOfNetwork => Neighbours?.OfNetwork ?? 0;

    public int AccountsOfDevice => Neighbours?.OfDevice ?? 0;

    /// <summary>A browser's first visit carries no device: only once one is known can another be new.</summary>
    public bool DeviceIsNew => Latest is { } latest && Earlier.Any(known => known.Device is not null)
        && !Earlier.Any(known => known.Device is { } device && latest.Device is { } its && device.AsSpan().SequenceEqual(its));

    public bool NetworkIsNew =>
        Latest is { } latest && Earlier.Any() && !Earlier.Any(known => known.Network.AsSpan().SequenceEqual(latest.Network));

    public bool NumberIsStale => Account.BoundPhone is { } phone && !(phone.VerifiedAt > Now - s_proofOfNumber);

    public bool NumberIsNoSubscribers => Account.BoundPhone is { } phone && RiskyNumbers.Contain(phone);

    public bool MailIsDisposable => Account.Email is { } mail && DisposableDomains.Hold(mail);

    private IEnumerable<SignInRecord> Earlier => History.Successes.Skip(1);
}
