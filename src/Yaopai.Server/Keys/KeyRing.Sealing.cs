namespace Yaopai.Server.Keys;

// Called for every credential: no lock, no await, no allocation.
internal sealed partial class KeyRing
{
    /// <summary>How much longer the sealed form is than the plain one.</summary>
    public const int Overhead = SealingKey.Overhead;

    /// <summary>Seals under the newest key; the sealed form is longer than the plain one by exactly <see cref="Overhead"/>.</summary>
    /// <param name="associated">What must be the same again when it is unsealed: what the credential is for.</param>
    public void Seal(ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plain, Span<byte> @sealed)
    {
        if (IsBroken)
        {
            _standIns!.Sealing.Seal(associated, plain, @sealed);
            return;
        }

        var keys = _keys.Sealing;
        if (keys.Length == 0)
            throw new KeyLostException(KeyKind.Sealing);

        // A day that turned while storage is away goes on with the last key; a clock that was set back before all of them takes the first.
        var active = KeySnapshot.ActiveAt(keys, clock.GetUtcNow()) ?? keys[^1];
        active.Key.Seal(associated, plain, @sealed);
    }

    /// <summary>Unseals what any key in memory sealed. <paramref name="plain"/> holds nothing of it unless
    /// the result is Unsealed.</summary>
    public UnsealResult Unseal(ReadOnlySpan<byte> associated, ReadOnlySpan<byte> @sealed, Span<byte> plain)
    {
        var keys = Keys;
        if (keys is { Sealing.Length: 0, Lost.Length: 0 })
            throw new KeyLostException(KeyKind.Sealing);

        if (@sealed.Length < Overhead)
            return UnsealResult.Unverified;

        var id = SealingKey.ReadId(@sealed);
        if ((keys.FindSealing(id) ?? StandInOf(id)) is not { } key)
            return keys.HasLost(KeyKind.Sealing, id) ? UnsealResult.LostKey : UnsealResult.UnknownKey;

        return key.TryUnseal(associated, @sealed, plain) ? UnsealResult.Unsealed : UnsealResult.Unverified;
    }

    private SealingKey? StandInOf(uint id) => _standIns is { Sealing: var key } && key.Id == id ? key : null;
}
