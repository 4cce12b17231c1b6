using Microsoft.Extensions.Options;

namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>What there is after a first start and after a reset: the demo data, and what the seed says.</summary>
internal sealed class SandboxBeginning(DemoData.Stores demo, SeedSource source, SeedPlanter planter)
{
    public bool HasDemo => source.File?.Demo is not false;

    /// <exception cref="OptionsValidationException">The seed cannot be used: says where and why.</exception>
    public async Task PlantAsync(CancellationToken ct)
    {
        if (HasDemo)
            await DemoData.AddAsync(demo, ct);
        if (source.File is { } seed)
            Require(await planter.PlantAsync(seed, ct));
    }

    /// <summary>Clocks and faults, which are not in the database.</summary>
    public void Set()
    {
        if (source.File is { } seed)
            Require(planter.Set(seed));
    }

    private void Require(string? fault)
    {
        if (fault is not null)
        {
            throw new OptionsValidationException(
                SandboxOptions.SectionName, typeof(SandboxOptions), [$"Sandbox:Seed: {source.Name}: {fault}"]);
        }
    }
}
