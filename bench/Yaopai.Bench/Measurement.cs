using System.Text.Json;

namespace Yaopai.Bench;

/// <summary>What was measured.</summary>
internal sealed record Measurement(
    string Date, string Runtime, int Processors, int Rounds, double Seconds, int Dropped, double Signatures,
    ProgramFigures Server, ProgramFigures Floor, IReadOnlyList<RowFigures> Rows)
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static Measurement Read(string file) => JsonSerializer.Deserialize<Measurement>(File.ReadAllBytes(file))!;

    public void Write(string file) => File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(this, s_indented));
}

/// <summary>Medians of one row over its rounds.</summary>
/// <param name="Disturbed">How many of them had no quiet try.</param>
/// <param name="Yardstick">Requests a second of the floor, or signatures a second.</param>
/// <param name="Share">The median of what each round's pair gives.</param>
internal sealed record RowFigures(
    string Name, int Rounds, int Disturbed, double Server, double Yardstick, double Share, double LeastShare, double MostShare, double P50,
    double P99, double FloorP99);

/// <summary>What a program costs before and beside its requests.</summary>
internal sealed record ProgramFigures(double ReadyMilliseconds, double IdleMegabytes, double PeakMegabytes);
