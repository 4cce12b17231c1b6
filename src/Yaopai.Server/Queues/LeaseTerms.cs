namespace Yaopai.Server.Queues;

/// <summary>When a node takes an item, and for how long.</summary>
/// <param name="Now">The time of the installation, which the sandbox moves; leases are of the wall clock.</param>
/// <param name="GiveUpAfter">From the first try on.</param>
/// <param name="LongestRetry">No try is put off by more. What seems to be was put off before the clock went back, and is due.</param>
internal sealed record LeaseTerms(DateTimeOffset Now, TimeSpan Lease, TimeSpan GiveUpAfter, TimeSpan LongestRetry);
