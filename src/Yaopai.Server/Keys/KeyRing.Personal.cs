namespace Yaopai.Server.Keys;

// Personal data at rest: sealed like credentials, under keys that are never dropped.
internal sealed partial class KeyRing
{
    /// <param name="associated">What must be the same again when it is opened: whose data it is.</param>
    public byte[] SealPersonal(ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plain)
    {
        var keys = Keys.Personal;
        if (keys.Length == 0)
            throw new KeyLostException(KeyKind.Personal);

        var @sealed = new byte[plain.Length + Overhead];
        (KeySnapshot.ActiveAt(keys, clock.GetUtcNow()) ?? keys[^1]).Key.Seal(associated, plain, @sealed);
        return @sealed;
    }

    /// <summary>Null for what no key of this installation sealed for this purpose.
    /// A key that another node made a moment ago is looked for first.</summary>
    /// <exception cref="KeyLostException">The key that sealed it is stored and does not open.</exception>
    public async ValueTask<byte[]?> OpenPersonalAsync(byte[] associated, byte[] @sealed, CancellationToken ct)
    {
        if (IsBroken || _keys is { Personal.Length: 0, Lost.Length: 0 })
            throw new KeyLostException(KeyKind.Personal);

        if (@sealed.Length < Overhead)
            return null;

        var id = SealingKey.ReadId(@sealed);
        if (_keys.FindPersonal(id) is null)
            await ReloadAsync(ct);

        var keys = _keys;
        if (keys.FindPersonal(id) is not { } key)
            return keys.HasLost(KeyKind.Personal, id) ? throw new KeyLostException(KeyKind.Personal) : null;

        var plain = new byte[@sealed.Length - Overhead];
        return key.TryUnseal(associated, @sealed, plain) ? plain : null;
    }
}
