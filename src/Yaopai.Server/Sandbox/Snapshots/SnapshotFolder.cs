using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Yaopai.Server.Hosting;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Sandbox.Snapshots;

/// <summary>The files of snapshots, in a folder of their own that nobody else may read.</summary>
internal sealed class SnapshotFolder(IConfiguration configuration)
{
    private const int LongestName = 64;

    private readonly string _folder = Path.Combine(Settings.DataFolder(configuration), "snapshots");

    public static bool IsName(string name) => name.Length is > 0 and <= LongestName
        && name.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit is '-' or '_');

    /// <summary>By name.</summary>
    public IReadOnlyList<Snapshot> List() => Directory.Exists(_folder)
        ? [.. Directory.GetFiles(_folder, "*.json").Order(StringComparer.Ordinal).Select(Read).OfType<Snapshot>()]
        : [];

    public bool TryFind(string name, [NotNullWhen(true)] out Snapshot? snapshot)
    {
        snapshot = IsName(name) && File.Exists(DescriptionOf(name)) ? Read(DescriptionOf(name)) : null;
        return snapshot is not null;
    }

    public string DatabaseOf(string name) => Path.Combine(_folder, $"{name}.db");

    /// <summary>A file that is not there yet, to be kept or dropped.</summary>
    public string NewFile()
    {
        PrivateFolder.Create(_folder);
        return Path.Combine(_folder, $"{Guid.NewGuid():n}.new");
    }

    /// <summary>Instead of the one of that name. Its description comes last, and goes first.</summary>
    public void Keep(Snapshot snapshot, string database)
    {
        Remove(snapshot.Name);
        File.Move(database, DatabaseOf(snapshot.Name));
        var beside = NewFile();
        File.WriteAllBytes(beside, JsonSerializer.SerializeToUtf8Bytes(snapshot, SandboxJson.Options));
        File.Move(beside, DescriptionOf(snapshot.Name));
    }

    public void Remove(string name)
    {
        File.Delete(DescriptionOf(name));
        File.Delete(DatabaseOf(name));
    }

    private string DescriptionOf(string name) => Path.Combine(_folder, $"{name}.json");

    /// <summary>Null for what another version wrote.</summary>
    private static Snapshot? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Snapshot>(File.ReadAllBytes(path), SandboxJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
