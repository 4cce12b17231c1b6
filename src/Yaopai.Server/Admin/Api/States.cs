namespace Yaopai.Server.Admin.Api;

/// <summary>What most things can be.</summary>
internal static class States
{
    public const string Enabled = "enabled";
    public const string Disabled = "disabled";

    public static IReadOnlyList<string> Names { get; } = [Enabled, Disabled];

    public static bool? IsDisabled(string? state) => state is null ? null : state is Disabled;
}
