using System.Security.Cryptography;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;

namespace Yaopai.Tests.Keys;

/// <summary>Keys whose rows do not open, each by itself.</summary>
public sealed class LostKeyTests
{
    private static readonly byte[] s_owner = "owner 1"u8.ToArray();

    private readonly Rings _rings = new();

    [Fact]
    public async Task Another_key_stands_in_for_a_sealing_key_and_what_the_lost_one_sealed_is_told_from_a_forgery()
    {
        var before = (await _rings.StartAsync()).Seal("before");
        Damage(KeyKind.Sealing, "2026-11-21");
        var ring = await _rings.StartAsync();

        Assert.Equal(UnsealResult.LostKey, ring.Open(before).Result);
        before[0] ^= 1;
        Assert.Equal(UnsealResult.UnknownKey, ring.Open(before).Result);
        Assert.False(await ring.ReloadAsync(default));
        Assert.Equal((UnsealResult.Unsealed, "after"), ring.Open(ring.Seal("after")));
        Assert.Equal((UnsealResult.Unsealed, "after"), (await _rings.StartAsync()).Open(ring.Seal("after")));
        Assert.Contains((KeyKind.Sealing, "2026-11-21.1"), _rings.Store.Keys.Keys);
    }

    [Fact]
    public async Task Nodes_that_start_at_once_agree_on_the_key_that_stands_in()
    {
        await _rings.StartAsync();
        Damage(KeyKind.Sealing, "2026-11-21");

        var nodes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _rings.StartAsync()));

        Assert.Equal(2, _rings.Store.Keys.Keys.Count(key => key.Kind is KeyKind.Sealing));
        Assert.Single(nodes.Select(node => SealingKey.ReadId(node.Seal("x"))).Distinct());
    }

    [Fact]
    public async Task The_key_of_tomorrow_that_stands_in_waits_for_midnight_like_the_lost_one()
    {
        var ring = await _rings.StartAsync();
        _rings.Clock.AdjustTime(DateTimeOffset.Parse("2026-11-21T23:30:00+08:00"));
        await ring.PrepareAsync(_rings.Now, default);
        Damage(KeyKind.Sealing, "2026-11-22");
        ring = await _rings.StartAsync();
        await ring.PrepareAsync(_rings.Now, default);

        var tomorrow = Assert.Single(ring.Describe(_rings.Now), key => key.Slot == "2026-11-22.1");
        Assert.Equal(KeyState.Prepared, tomorrow.State);
        _rings.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(tomorrow.Id, $"{SealingKey.ReadId(ring.Seal("x")):x8}");
    }

    [Fact]
    public async Task A_row_that_is_damaged_while_the_key_serves_is_told_once_and_the_key_serves_on()
    {
        var told = new List<LostKey>();
        var ring = await _rings.StartAsync();
        ring.KeyLost += told.Add;
        var before = ring.Seal("before");

        Damage(KeyKind.Sealing, "2026-11-21");
        for (var i = 0; i < 3; i++)
            await ring.PrepareAsync(_rings.Now, default);

        Assert.Equal([(KeyKind.Sealing, "2026-11-21")], told.Select(key => (key.Kind, key.Slot)));
        Assert.Equal(told, ring.Lost);
        Assert.Equal((UnsealResult.Unsealed, "before"), ring.Open(before));
        Assert.Equal(SealingKey.ReadId(before), SealingKey.ReadId(ring.Seal("after")));
    }

    [Fact]
    public async Task A_row_of_another_node_that_does_not_open_breaks_no_look_for_keys()
    {
        var ring = await _rings.StartAsync();
        var there = await _rings.StartAsync();
        await there.RotateAsync(KeyKind.Sealing, _rings.Now, default);
        var @sealed = there.Seal("from there");
        var row = _rings.Store.Keys[(KeyKind.Sealing, "2026-11-21.1")];
        Damage(KeyKind.Sealing, "2026-11-21.1");

        Assert.True(await ring.ReloadAsync(default));
        Assert.Equal(UnsealResult.LostKey, ring.Open(@sealed).Result);
        Assert.Equal((UnsealResult.Unsealed, "here"), ring.Open(ring.Seal("here")));

        _rings.Store.Keys[(KeyKind.Sealing, "2026-11-21.1")] = row;
        await ring.PrepareAsync(_rings.Now, default);
        Assert.Empty(ring.Lost);
        Assert.Equal((UnsealResult.Unsealed, "from there"), ring.Open(@sealed));
    }

    [Fact]
    public async Task A_lost_signing_key_signs_no_more_and_is_told_from_one_that_never_was()
    {
        var before = await _rings.StartAsync();
        var lost = await before.SigningAsync(_rings.Now, default);
        await before.PrepareAsync(_rings.Now, default);
        Damage(KeyKind.Signing, "2026-11-21");
        Damage(KeyKind.Signing, "2026-11-20");
        var ring = await _rings.StartAsync();
        await ring.PrepareAsync(_rings.Now, default);

        var signs = await ring.SigningAsync(_rings.Now, default);

        Assert.NotEqual(lost.Kid, signs.Kid);
        Assert.Equal([signs.Kid], (await ring.PublishedAsync(_rings.Now, default)).Select(key => key.Kid)); // none for yesterday
        Assert.Same(signs, await ring.FindPublishedAsync(signs.Kid, _rings.Now, default));
        Assert.Null(await ring.FindPublishedAsync("never", _rings.Now, default));
        await Assert.ThrowsAsync<KeyLostException>(() => ring.FindPublishedAsync(lost.Kid, _rings.Now, default).AsTask());
    }

    [Fact]
    public async Task A_lost_identifier_key_is_never_made_anew()
    {
        var openId = new PairwiseIdentifiers(await _rings.StartAsync()).OpenId(1, 1);
        var row = _rings.Store.Keys[(KeyKind.Identifier, "installation")];
        Damage(KeyKind.Identifier, "installation");
        var ring = await _rings.StartAsync();
        await ring.PrepareAsync(_rings.Now, default);

        Assert.Throws<KeyLostException>(() => new PairwiseIdentifiers(ring).OpenId(1, 1));
        Assert.Equal((UnsealResult.Unsealed, "x"), ring.Open(ring.Seal("x")));

        _rings.Store.Keys[(KeyKind.Identifier, "installation")] = row;
        await ring.PrepareAsync(_rings.Now, default);
        Assert.Equal(openId, new PairwiseIdentifiers(ring).OpenId(1, 1));
    }

    [Fact]
    public async Task Personal_data_of_a_lost_key_are_told_from_what_was_changed_and_new_data_are_sealed()
    {
        var before = (await _rings.StartAsync()).SealPersonal(s_owner, "before"u8);
        Damage(KeyKind.Personal, "2026-11-21");
        var ring = await _rings.StartAsync();

        await Assert.ThrowsAsync<KeyLostException>(() => ring.OpenPersonalAsync(s_owner, before, default).AsTask());
        before[0] ^= 1;
        Assert.Null(await ring.OpenPersonalAsync(s_owner, before, default));
        Assert.Equal("after"u8.ToArray(), await ring.OpenPersonalAsync(s_owner, ring.SealPersonal(s_owner, "after"u8), default));
    }

    [Fact]
    public async Task Keys_that_an_earlier_version_stored_get_their_ids_so_that_they_can_be_missed()
    {
        var before = (await _rings.StartAsync()).Seal("before");
        foreach (var key in _rings.Store.Keys.Values)
            _rings.Store.Keys[(key.Kind, key.Slot)] = key with { Id = null };

        await (await _rings.StartAsync()).PrepareAsync(_rings.Now, default);
        Damage(KeyKind.Sealing, "2026-11-21");

        Assert.Equal(UnsealResult.LostKey, (await _rings.StartAsync()).Open(before).Result);
    }

    [Fact]
    public async Task Lost_keys_leave_with_those_of_their_age()
    {
        var ring = await _rings.StartAsync();
        await ring.PrepareAsync(_rings.Now, default);
        Damage(KeyKind.Sealing, "2026-11-21");
        Damage(KeyKind.Signing, "2026-11-21");
        Damage(KeyKind.Signing, "2026-11-20");

        _rings.Clock.AdjustTime(_rings.Now.AddDays(4000));
        ring = await _rings.StartAsync();
        Assert.Equal(3, ring.Lost.Count);
        await ring.PrepareAsync(_rings.Now, default);

        Assert.Empty(ring.Lost);
        Assert.DoesNotContain(_rings.Store.Keys.Keys, key => key.Slot is "2026-11-21" or "2026-11-20" && key.Kind is not KeyKind.Personal);
    }

    [Fact]
    public async Task A_row_whose_slot_is_none_and_one_of_a_kind_that_is_not_known_yet_stop_nothing()
    {
        await _rings.StartAsync();
        _rings.Store.Keys[(KeyKind.Sealing, "someday")] = new(KeyKind.Sealing, "someday", _rings.Now, [1, 2, 3]);
        _rings.Store.Keys[((KeyKind)99, "2026-11-21")] = new((KeyKind)99, "2026-11-21", _rings.Now, [1, 2, 3]);

        var ring = await _rings.StartAsync();

        Assert.Equal(["someday"], ring.Lost.Select(key => key.Slot));
        Assert.Contains(ring.Describe(_rings.Now), key => key is { Slot: "someday", State: KeyState.Lost });
    }

    [Fact]
    public async Task The_seam_loses_what_is_there_and_leaves_a_forgery_a_forgery()
    {
        var seam = new Broken();
        var ring = await _rings.StartAsync(seam);
        var @sealed = ring.Seal("x");

        seam.IsLost = true;
        Assert.Equal(UnsealResult.LostKey, ring.Open(@sealed).Result);
        @sealed[0] ^= 1;
        Assert.Equal(UnsealResult.UnknownKey, ring.Open(@sealed).Result);
        Assert.Equal((UnsealResult.Unsealed, "y"), ring.Open(ring.Seal("y")));
        Assert.Empty(ring.Lost);
    }

    private void Damage(KeyKind kind, string slot)
    {
        var row = _rings.Store.Keys[(kind, slot)];
        _rings.Store.Keys[(kind, slot)] = row with { Wrapped = RandomNumberGenerator.GetBytes(row.Wrapped.Length) };
    }

    private sealed class Broken : IKeySeam
    {
        public bool IsLost { get; set; }
    }
}
