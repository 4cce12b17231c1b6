using System.Text.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>The seed that the settings name, read when the server is put together.</summary>
internal sealed class SeedSource(IOptions<SandboxOptions> options)
{
    private readonly Lazy<SeedFile?> _file = new(() => options.Value.Seed is { } path ? Read(path).File : null);

    /// <summary>Null where none is named.</summary>
    public SeedFile? File => _file.Value;

    public string Name => options.Value.Seed ?? "";

    /// <summary>The settings win over the file.</summary>
    public string? RandomSeed => options.Value.RandomSeed ?? File?.RandomSeed;

    /// <summary>Null for a clock that goes.</summary>
    public DateTimeOffset? StoppedAt => options.Value.StoppedAt ?? File?.StoppedAt;

    /// <summary>The file, or what is wrong with it.</summary>
    public static (SeedFile? File, string? Fault) Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes })
                return (null, $"Sandbox:Seed: {path} is larger than {MostBytes >> 20} MiB.");

            var file = JsonSerializer.Deserialize<SeedFile>(System.IO.File.ReadAllBytes(path), SandboxJson.Options);
            return file is null ? (null, $"Sandbox:Seed: {path} has to be a JSON object.")
                : file.IdentifierKey is { } key && !IsKey(key)
                    ? (null, $"Sandbox:Seed: {path}: identifier_key: {2 * IdentifierKey.Length} hexadecimal digits.")
                : (file, null);
        }
        catch (JsonException exception)
        {
            return (null, $"Sandbox:Seed: {path}: {SandboxJson.Explain(exception)} "
                + "GET /sandbox/seed.schema.json says what may be there.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, $"Sandbox:Seed: {path} cannot be read: {exception.Message}");
        }
    }

    /// <summary>Null where chance makes the key.</summary>
    public static FirstIdentifierKey? KeyOf(SeedFile? file) =>
        file?.IdentifierKey is { } key ? new(Convert.FromHexString(key)) : null;

    private const long MostBytes = 16 << 20;

    private static bool IsKey(string text) => text.Length == 2 * IdentifierKey.Length && text.All(char.IsAsciiHexDigit);
}

/// <summary>Has a seed that cannot be used stop the start.</summary>
internal sealed class SeedValidation(IHostEnvironment environment) : IValidateOptions<SandboxOptions>
{
    private static readonly DateTimeOffset s_earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public ValidateOptionsResult Validate(string? name, SandboxOptions options)
    {
        var (file, fault) = options.Seed is { } path ? SeedSource.Read(path) : (null, null);
        fault ??= Fault(options.RandomSeed ?? file?.RandomSeed, options.StoppedAt ?? file?.StoppedAt);
        return fault is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(fault);
    }

    private string? Fault(string? randomSeed, DateTimeOffset? stoppedAt) =>
        randomSeed is not null && !environment.IsDevelopment()
            ? "Sandbox:RandomSeed: only in Development. Whoever knows the seed knows all tokens, codes and keys that are drawn from it."
            : stoppedAt < s_earliest || stoppedAt > s_latest
                ? "Sandbox:StoppedAt: an instant between the years 2000 and 9000, such as 2026-01-01T00:00:00Z."
                : null;
}
