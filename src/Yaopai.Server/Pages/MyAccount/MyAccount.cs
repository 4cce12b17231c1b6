using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.MyAccount;

/// <summary>What a person's own page shows.</summary>
/// <param name="Phone">The bound number, masked; null for none.</param>
/// <param name="HasSecondFactor">Whether two-step sign-in is on.</param>
/// <param name="Sessions">Where the person is signed in, the latest first.</param>
/// <param name="Said">What has just been done.</param>
public sealed record MyAccount(
    string Name, string? Phone, bool HasSecondFactor, IReadOnlyList<GrantedApp> Granted, IReadOnlyList<SessionShown> Sessions, string Token,
    Phrase? Said);

/// <summary>A browser in which the person is signed in.</summary>
/// <param name="Agent">Browser and system, in words.</param>
/// <param name="Address">Empty where nobody knows any more.</param>
/// <param name="IsThis">The one that shows the page.</param>
public sealed record SessionShown(Guid Id, Phrase Agent, string Address, DateTimeOffset Since, bool IsThis);

/// <summary>An app that was allowed something.</summary>
/// <param name="Phone">The number that is shared with it, masked.</param>
public sealed record GrantedApp(long Id, string Name, IReadOnlyList<Phrase> Scopes, string? Phone, DateTimeOffset Since);
