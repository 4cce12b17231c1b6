using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.MyAccount;

/// <summary>What a person's own page shows.</summary>
/// <param name="Phone">The bound number, masked; null for none.</param>
/// <param name="Said">What has just been done.</param>
public sealed record MyAccount(string Name, string? Phone, IReadOnlyList<GrantedApp> Granted, string Token, Phrase? Said);

/// <summary>An app that was allowed something.</summary>
/// <param name="Phone">The number that is shared with it, masked.</param>
public sealed record GrantedApp(long Id, string Name, IReadOnlyList<Phrase> Scopes, string? Phone, DateTimeOffset Since);
