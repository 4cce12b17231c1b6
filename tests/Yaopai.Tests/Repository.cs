namespace Yaopai.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Yaopai.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests were moved away from their checkout.");
        return folder;
    }
}
