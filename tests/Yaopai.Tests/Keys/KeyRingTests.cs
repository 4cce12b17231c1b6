using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;

namespace Yaopai.Tests.Keys;

public sealed class KeyRingTests
{
    private readonly Rings _rings = new();

    private sealed class Seam : IKeySeam
    {
        public bool IsLost { get; set; }
    }

    [Fact]
    public async Task A_lost_key_ring_opens_nothing_and_goes_on_with_keys_that_stand_in_until_it_is_found_again()
    {
        var seam = new Seam();
        var ring = await _rings.StartAsync(seam);
        var @sealed = ring.Seal("x");
        var signs = await ring.SigningAsync(_rings.Now, default);

        seam.IsLost = true;
        var meanwhile = ring.Seal("y");
        Assert.Equal((UnsealResult.Unsealed, "y"), ring.Open(meanwhile));
        Assert.Equal(UnsealResult.LostKey, ring.Open(@sealed).Result);
        Assert.Throws<KeyLostException>(() => new PairwiseIdentifiers(ring).OpenId(1, 1));
        var standsIn = await ring.SigningAsync(_rings.Now, default);
        Assert.NotEqual(signs.Kid, standsIn.Kid);
        Assert.Equal([standsIn], await ring.PublishedAsync(_rings.Now, default));
        Assert.Equal(
            [await ring.SigningAsync(JoseAlgorithm.ES256, _rings.Now, default)], await ring.PublishedEllipticAsync(_rings.Now, default));
        Assert.Null(await ring.FindPublishedAsync("never", _rings.Now, default));
        await Assert.ThrowsAsync<KeyLostException>(async () => await ring.FindPublishedAsync(signs.Kid, _rings.Now, default));
        await Assert.ThrowsAsync<KeyLostException>(async () => await ring.OpenPersonalAsync([1], new byte[64], default));
        Assert.Throws<KeyLostException>(() => ring.SealPersonal([1], [2]));

        seam.IsLost = false;
        Assert.Equal((UnsealResult.Unsealed, "x"), ring.Open(@sealed));
        Assert.Equal((UnsealResult.Unsealed, "y"), ring.Open(meanwhile));
        Assert.Same(signs, await ring.SigningAsync(_rings.Now, default));
    }

    [Fact]
    public void A_ring_without_keys_has_lost_them()
    {
        using var ring = new KeyRing(_rings.Store, _rings.Master, _rings.Clock);

        Assert.Throws<KeyLostException>(() => ring.Seal("x"));
        Assert.Throws<KeyLostException>(() => ring.Open(new byte[64]));
        Assert.Throws<KeyLostException>(() => ring.SealPersonal([1], [2]));
        Assert.Throws<KeyLostException>(() => new PairwiseIdentifiers(ring).OpenId(1, 1));
    }

    [Fact]
    public async Task The_operator_sees_every_key_and_what_it_does()
    {
        var ring = await _rings.StartAsync();
        _rings.Clock.AdjustTime(DateTimeOffset.Parse("2026-11-21T23:30:00+08:00"));
        await ring.PrepareAsync(_rings.Now, default);
        await ring.RotateAsync(KeyKind.Sealing, _rings.Now, default);

        var described = ring.Describe(_rings.Now);

        Assert.Equal(
            [
                (KeyKind.Sealing, "2026-11-22", KeyState.Prepared),
                (KeyKind.Sealing, "2026-11-21.1", KeyState.Active),
                (KeyKind.Sealing, "2026-11-21", KeyState.Retired),
                (KeyKind.Signing, "2026-11-22", KeyState.Prepared),
                (KeyKind.Signing, "2026-11-21", KeyState.Active),
                (KeyKind.Signing, "2026-11-20", KeyState.Published),
                (KeyKind.Elliptic, "2026-11-22", KeyState.Prepared),
                (KeyKind.Elliptic, "2026-11-21", KeyState.Active),
                (KeyKind.Elliptic, "2026-11-20", KeyState.Published),
                (KeyKind.Personal, "2026-11-21", KeyState.Active),
                (KeyKind.Identifier, "installation", KeyState.Active),
            ],
            described.Select(key => (key.Kind, key.Slot, key.State)));
        Assert.Equal((await ring.SigningAsync(_rings.Now, default)).Kid, described[4].Id);
        Assert.Equal($"{SealingKey.ReadId(ring.Seal("x")):x8}", described[1].Id);
    }

    [Fact]
    public async Task The_identifier_key_cannot_be_rotated()
    {
        var ring = await _rings.StartAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ring.RotateAsync(KeyKind.Identifier, _rings.Now, default));
    }

    [Theory]
    [InlineData("2026-11-21T15:59:59Z", "2026-11-21")]
    [InlineData("2026-11-21T16:00:00Z", "2026-11-22")]
    [InlineData("2026-12-31T23:00:00Z", "2027-01-01")]
    [InlineData("2026-11-21T23:00:00-08:00", "2026-11-22")]
    public void A_slot_is_the_day_in_China(string instant, string slot) =>
        Assert.Equal(slot, KeySlot.Of(DateTimeOffset.Parse(instant)).ToString());

    [Theory]
    [InlineData("2026-11-21")]
    [InlineData("2026-11-21.2")]
    [InlineData("2026-11-21.10")]
    public void A_slot_reads_as_it_is_written(string slot)
    {
        Assert.True(KeySlot.TryParse(slot, out var read));
        Assert.Equal(slot, read.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("installation")]
    [InlineData("2026-11-31")]
    [InlineData("2026-11-21.")]
    [InlineData("2026-11-21.x")]
    public void What_is_no_slot_is_told_from_one(string slot) => Assert.False(KeySlot.TryParse(slot, out _));
}
