namespace Yaopai.Server.Apps;

/// <summary>The grant types of a platform whose apps may be allowed some and not others.</summary>
/// <param name="Default">What an app may use for which nothing else is set.</param>
internal sealed record GrantTypes(IReadOnlyList<string> All, IReadOnlyList<string> Default);
