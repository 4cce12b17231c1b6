namespace Yaopai.Server.Hosting;

/// <summary>Where settings come from: appsettings.json, then the environment (<c>YAOPAI_…</c>), then the command line.</summary>
internal static class Settings
{
    private const string Prefix = "YAOPAI_";

    /// <summary>The short names, for what nearly everyone sets. Everything else is <c>YAOPAI_Section__Key</c>.</summary>
    private static readonly (string Variable, string Key)[] s_short =
    [
        ("DATABASE",   "Storage:Database"),
        ("DATA",       "Data"),
        ("ADMIN_KEY",  "Admin:Key"),
        ("MASTER_KEY", "Keys:MasterKey"),
        ("SANDBOX",    "Sandbox:Enabled"),
    ];

    /// <summary>Short on the command line too; <c>--data</c> and <c>--urls</c> are settings as they stand.</summary>
    private static readonly Dictionary<string, string> s_switches = new() { ["--database"] = "Storage:Database" };

    public static void Add(IConfigurationBuilder configuration, string[] args)
    {
        configuration.AddEnvironmentVariables(Prefix);
        configuration.AddInMemoryCollection(s_short
            .Select(row => KeyValuePair.Create(row.Key, Environment.GetEnvironmentVariable(Prefix + row.Variable)))
            .Where(pair => !string.IsNullOrEmpty(pair.Value))!);
        configuration.AddCommandLine(args, s_switches);
    }

    /// <summary>The folder for what is not in the database: the master key.</summary>
    public static string DataFolder(IConfiguration configuration) => configuration["Data"] is { Length: > 0 } folder ? folder : "data";
}
