using Yaopai.Server.Administration;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Admin.Resources;

/// <summary>What an owner does with the installation's keys.</summary>
internal sealed class KeyAdministration(KeyRing keys, Auditor auditor, TimeProvider time)
{
    public const string Kind = "key";

    /// <summary>The kinds that can be rotated by hand, as people write them.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["sealing", "signing", "elliptic", "personal"];

    public static IReadOnlyList<Field> FieldsOf(KeyDescription key) =>
    [
        new("kind",       key.Kind.ToString().ToLowerInvariant()),
        new("state",      key.State.ToString().ToLowerInvariant()),
        new("valid_from", key.ValidFrom),
        new("made_for",   key.Slot),
        new("id",         key.Id),
    ];

    public async Task<IReadOnlyList<KeyDescription>> ListAsync(CancellationToken ct)
    {
        await keys.EnsureLoadedAsync(ct);
        return keys.Describe(time.GetUtcNow());
    }

    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <returns>The new one.</returns>
    public Task<KeyDescription> RotateAsync(Actor actor, string kind, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "keys.rotate", Kind, kind),
        async trace =>
        {
            var wanted = Enum.Parse<KeyKind>(kind, ignoreCase: true);
            await keys.EnsureLoadedAsync(ct);
            await keys.RotateAsync(wanted, time.GetUtcNow(), ct);
            var active = keys.Describe(time.GetUtcNow()).First(key => key.Kind == wanted && key.State is KeyState.Active);
            trace.Is(FieldsOf(active));
            return active;
        }, ct);
}
