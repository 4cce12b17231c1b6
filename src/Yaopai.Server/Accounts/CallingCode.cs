namespace Yaopai.Server.Accounts;

/// <param name="Code">Without plus or zeros: <c>86</c>, <c>852</c>, <c>7</c>.</param>
/// <param name="Regions">ISO 3166-1 alpha-2, the main one first.</param>
internal sealed record CallingCode(string Code, IReadOnlyList<string> Regions);
