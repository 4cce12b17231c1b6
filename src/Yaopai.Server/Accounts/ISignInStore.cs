namespace Yaopai.Server.Accounts;

/// <summary>A sign-in as it is remembered. Address, network and device are keyed hashes,
/// which tell what was the same, and nothing else.</summary>
/// <param name="At">By the installation's clock, which the sandbox can move.</param>
/// <param name="Network">Of the address's /24, or /48 of an IPv6 address.</param>
/// <param name="Device">Null where the browser had nothing to be recognised by.</param>
internal sealed record SignInRecord(
    long AccountId, DateTimeOffset At, SignInOutcome Outcome, byte[] Address, byte[] Network, byte[]? Device);

/// <summary>What an account's sign-ins were lately, the latest first.</summary>
/// <param name="Successes">The last twenty.</param>
/// <param name="Failures">How many there were since the asked-for instant, counted up to a hundred.</param>
internal sealed record SignInHistory(IReadOnlyList<SignInRecord> Successes, int Failures);

/// <summary>How many accounts signed in around one sign-in: from its address, its network, on its device.
/// That one's account counts too.</summary>
internal sealed record SignInNeighbours(int OfAddress, int OfNetwork, int OfDevice);

/// <summary>How far from a sign-in others count as its neighbours.</summary>
internal sealed record Neighbourhood(TimeSpan OfAddress, TimeSpan OfNetwork, TimeSpan OfDevice);

/// <summary>Sign-ins as they were, and the failures that lock out: the same for all nodes.</summary>
internal interface ISignInStore
{
    /// <summary>Null when none of the subjects is locked out, or the lockout is over.</summary>
    Task<DateTimeOffset?> LockedUntilAsync(IReadOnlyList<byte[]> subjects, DateTimeOffset now, CancellationToken ct);

    /// <summary>Counts a failure of each subject and records it, in one write. The highest count with this one:
    /// exact, however many come at once.</summary>
    /// <param name="record">Null where there is no account.</param>
    Task<int> FailAsync(IReadOnlyList<byte[]> subjects, DateTimeOffset now, SignInRecord? record, CancellationToken ct);

    /// <summary>Forgets the failures and records the proof, in one write.
    /// False, and nothing changed, when one of the subjects is locked out by now.</summary>
    Task<bool> TryProveAsync(IReadOnlyList<byte[]> subjects, DateTimeOffset now, SignInRecord? record, CancellationToken ct);

    /// <summary>Forgets the failures and ends a lockout.</summary>
    Task UnlockAsync(byte[] subject, CancellationToken ct);

    /// <summary>Whether somebody signed in to the account before, and never with this device.</summary>
    Task<bool> IsNewDeviceAsync(long accountId, byte[] device, DateTimeOffset at, CancellationToken ct);

    Task<SignInHistory> HistoryAsync(long accountId, DateTimeOffset failuresSince, CancellationToken ct);

    Task<SignInNeighbours> NeighboursAsync(SignInRecord of, Neighbourhood within, CancellationToken ct);
}
