namespace Yaopai.Server.Hosting;

/// <summary>Where settings come from: appsettings.json, then the environment (<c>YAOPAI_…</c>), then the command line.</summary>
internal static class Settings
{
    public const string Prefix = "YAOPAI_";

    /// <summary>The short names, for what nearly everyone sets. Everything else is <c>YAOPAI_Section__Key</c>.</summary>
    private static readonly (string Variable, string Key)[] s_short =
    [
        ("DATABASE",   "Storage:Database"),
        ("DATA",       "Data"),
        ("ADMIN_KEY",  "Admin:Key"),
        ("MASTER_KEY", "Keys:MasterKey"),
        ("SANDBOX",    "Sandbox:Enabled"),
    ];

    private const string Port = "--port";

    /// <summary>Short on the command line too; <c>--data</c> and <c>--urls</c> are settings as they stand.</summary>
    private static readonly Dictionary<string, string> s_switches = new()
    {
        ["--database"] = "--Storage:Database",
        ["--seed"] = "--Sandbox:Seed",
        ["--export-on-exit"] = "--Sandbox:ExportOnExit",
    };

    /// <summary>The short names of the environment, without the prefix.</summary>
    public static IEnumerable<string> Variables => s_short.Select(row => row.Variable);

    /// <summary>The short names of the command line, without the dashes.</summary>
    public static IEnumerable<string> Switches => s_switches.Keys.Append(Port).Select(name => name.TrimStart('-'));

    /// <param name="args">As <see cref="Arguments"/> has them.</param>
    public static void Add(IConfigurationBuilder configuration, string[] args)
    {
        configuration.AddEnvironmentVariables(Prefix);
        configuration.AddInMemoryCollection(s_short
            .Select(row => KeyValuePair.Create(row.Key, Environment.GetEnvironmentVariable(Prefix + row.Variable)))
            .Where(pair => !string.IsNullOrEmpty(pair.Value))!);
        configuration.AddCommandLine(args);
    }

    /// <summary>For a server that is a guest in a program of others, whose files and variables mean something else.</summary>
    /// <param name="args">As <see cref="Arguments"/> has them.</param>
    public static void AddAlone(ConfigurationManager configuration, string[] args)
    {
        ((IConfigurationBuilder)configuration).Sources.Clear();
        configuration.AddCommandLine(args);
    }

    /// <summary>As the framework takes them, <c>--key=value</c>: it passes over a name without a value, or with one dash.</summary>
    public static string[] Arguments(string[] args)
    {
        var settings = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var (name, value) = args[i].IndexOf('=') is >= 0 and var at ? (args[i][..at], args[i][(at + 1)..])
                : (args[i], i + 1 < args.Length ? args[++i] : "");
            name = $"--{name.TrimStart('-', '/')}";
            settings.Add(name.Equals(Port, StringComparison.OrdinalIgnoreCase)
                ? $"--urls={UrlOfPort(value)}"
                : $"{s_switches.GetValueOrDefault(name, name)}={value}");
        }

        return [.. settings];
    }

    /// <summary>On this machine alone. By this name the framework listens at 127.0.0.1 and at ::1, whichever of them is there; the name
    /// takes no port of the system's choice.</summary>
    public static string UrlOf(int port) => port == 0 ? "http://127.0.0.1:0" : $"http://localhost:{port}";

    private static string UrlOfPort(string port) => ushort.TryParse(port, out var number)
        ? UrlOf(number)
        : throw new FormatException($"--port {port} is no port.");

    /// <summary>The folder for what is not in the database: the master key.</summary>
    public static string DataFolder(IConfiguration configuration) => configuration["Data"] is { Length: > 0 } folder ? folder : "data";
}
