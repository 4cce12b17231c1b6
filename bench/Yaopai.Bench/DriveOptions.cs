namespace Yaopai.Bench;

/// <summary>What <c>drive</c> is told.</summary>
internal sealed record DriveOptions(
    string Server, string ResultsFile, int Rounds, double Seconds, bool WithPostgres, IReadOnlyList<string> Only)
{
    public static DriveOptions Parse(string[] arguments)
    {
        var switches = arguments.Where(argument => argument is "--quick" or "--postgres").ToHashSet();
        var values = new ConfigurationBuilder().AddCommandLine([.. arguments.Where(argument => !switches.Contains(argument))]).Build();
        var quick = switches.Contains("--quick");
        return new(
            Required("server"), Required("results"),
            Rounds: values.GetValue("rounds", quick ? 1 : 3),
            Seconds: values.GetValue("seconds", quick ? 1.0 : 5.0),
            WithPostgres: switches.Contains("--postgres"),
            Only: values["rows"]?.Split(',') ?? []);

        string Required(string name) => values[name] ?? throw new ArgumentException($"--{name} is missing.");
    }

    public IEnumerable<Row> Choose(IEnumerable<Row> rows) => rows.Where(row => Only.Count == 0 || Only.Contains(row.Name));
}
