using Yaopai.Server.Keys;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Keys;

public sealed class SealingTests
{
    private readonly Rings _rings = new();

    [Fact]
    public async Task What_is_sealed_opens_again_on_every_node()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _rings.StartAsync()));

        foreach (var sealer in nodes)
        {
            var @sealed = sealer.Seal("a credential");
            Assert.All(nodes, node => Assert.Equal((UnsealResult.Unsealed, "a credential"), node.Open(@sealed)));
        }
    }

    [Fact]
    public async Task Nothing_at_all_can_be_sealed_too()
    {
        var ring = await _rings.StartAsync();

        Assert.Equal((UnsealResult.Unsealed, ""), ring.Open(ring.Seal("")));
    }

    [Fact]
    public async Task Changing_any_bit_is_noticed()
    {
        var ring = await _rings.StartAsync();
        var @sealed = ring.Seal("a credential");

        for (var bit = 0; bit < @sealed.Length * 8; bit++)
        {
            var changed = (byte[])@sealed.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            var (result, text) = ring.Open(changed);

            // The first four bytes name the key: changed, they name one that does not exist.
            Assert.Equal(bit < 32 ? UnsealResult.UnknownKey : UnsealResult.Unverified, result);
            Assert.Equal(new string('\0', 12), text);
        }
    }

    [Fact]
    public async Task What_was_cut_short_is_noticed()
    {
        var ring = await _rings.StartAsync();
        var @sealed = ring.Seal("a credential");

        for (var length = 0; length < @sealed.Length; length++)
            Assert.Equal(UnsealResult.Unverified, ring.Open(@sealed[..length]).Result);
    }

    [Fact]
    public async Task A_credential_for_one_purpose_does_not_serve_another()
    {
        var ring = await _rings.StartAsync();

        Assert.Equal(UnsealResult.Unverified, ring.Open(ring.Seal("a credential", "code"), "token").Result);
    }

    [Fact]
    public async Task Of_a_thousand_seals_no_two_are_alike()
    {
        var ring = await _rings.StartAsync();

        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Convert.ToHexString(ring.Seal("same"))).Distinct().Count());
    }

    [Fact]
    public async Task A_buffer_of_the_wrong_length_is_refused()
    {
        var ring = await _rings.StartAsync();

        Assert.Throws<ArgumentException>(() => ring.Seal("token"u8, "plain"u8, new byte[5 + KeyRing.Overhead + 1]));
    }

    [Fact]
    public async Task Many_threads_seal_and_open_at_once()
    {
        var ring = await _rings.StartAsync();

        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.Equal((UnsealResult.Unsealed, $"credential {i}"), ring.Open(ring.Seal($"credential {i}"))));
    }

    [Fact]
    public async Task Sealing_and_opening_allocate_nothing()
    {
        var ring = await _rings.StartAsync();
        var (plain, @sealed) = (new byte[64], new byte[64 + KeyRing.Overhead]);
        RoundTrip();

        var before = GC.GetAllocatedBytesForCurrentThread();
        RoundTrip();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void RoundTrip()
        {
            ring.Seal("token"u8, plain, @sealed);
            ring.Unseal("token"u8, @sealed, plain);
        }
    }

    [Fact]
    public async Task Each_day_has_a_key_of_its_own_and_yesterdays_still_opens()
    {
        var ring = await _rings.StartAsync();
        var yesterday = ring.Seal("yesterday");

        _rings.Clock.Advance(TimeSpan.FromDays(1));
        await ring.PrepareAsync(_rings.Now, default);
        var today = ring.Seal("today");

        Assert.NotEqual(SealingKey.ReadId(yesterday), SealingKey.ReadId(today));
        Assert.Equal((UnsealResult.Unsealed, "yesterday"), ring.Open(yesterday));
        Assert.Equal((UnsealResult.Unsealed, "today"), ring.Open(today));
    }

    [Fact]
    public async Task Tomorrows_key_waits_for_midnight_in_China()
    {
        var ring = await _rings.StartAsync();
        _rings.Clock.AdjustTime(DateTimeOffset.Parse("2026-11-21T23:30:00+08:00"));
        await ring.PrepareAsync(_rings.Now, default);
        _rings.Store.IsAway = true;

        var lastOfToday = SealAt("2026-11-21T15:59:59.999Z");
        var firstOfTomorrow = SealAt("2026-11-21T16:00:00Z");

        Assert.NotEqual(lastOfToday, firstOfTomorrow);

        uint SealAt(string instant)
        {
            _rings.Clock.AdjustTime(DateTimeOffset.Parse(instant));
            return SealingKey.ReadId(ring.Seal("x"));
        }
    }

    [Fact]
    public async Task When_storage_is_away_at_midnight_the_last_key_goes_on()
    {
        var ring = await _rings.StartAsync();
        var before = ring.Seal("before");

        _rings.Store.IsAway = true;
        _rings.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(SealingKey.ReadId(before), SealingKey.ReadId(ring.Seal("after")));
    }

    [Fact]
    public async Task When_the_clock_is_set_back_before_all_keys_the_first_one_serves()
    {
        var ring = await _rings.StartAsync();
        _rings.Clock.AdjustTime(_rings.Now - TimeSpan.FromDays(100));

        Assert.Equal((UnsealResult.Unsealed, "x"), ring.Open(ring.Seal("x")));
    }

    [Fact]
    public async Task A_key_that_another_node_made_opens_after_a_reload()
    {
        var here = await _rings.StartAsync();
        var there = await _rings.StartAsync();
        await there.RotateAsync(KeyKind.Sealing, _rings.Now, default);
        var @sealed = there.Seal("from there");

        Assert.Equal(UnsealResult.UnknownKey, here.Open(@sealed).Result);
        Assert.True(await here.ReloadAsync(default));
        Assert.Equal((UnsealResult.Unsealed, "from there"), here.Open(@sealed));
    }

    [Fact]
    public async Task Callers_who_miss_the_same_key_at_once_all_hear_that_it_came()
    {
        var here = await _rings.StartAsync();
        await (await _rings.StartAsync()).RotateAsync(KeyKind.Sealing, _rings.Now, default);
        var looks = _rings.Store.Looks;

        var came = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => here.ReloadAsync(default).AsTask()));

        Assert.DoesNotContain(false, came);
        Assert.Equal(1, _rings.Store.Looks - looks);
    }

    [Fact]
    public async Task Forged_key_ids_cost_one_look_a_second()
    {
        var ring = await _rings.StartAsync();
        var looks = _rings.Store.Looks;

        for (var i = 0; i < 10; i++)
            Assert.False(await ring.ReloadAsync(default));
        Assert.Equal(1, _rings.Store.Looks - looks);

        _rings.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await ring.ReloadAsync(default));
        Assert.Equal(2, _rings.Store.Looks - looks);
    }

    [Fact]
    public async Task A_reload_says_when_storage_is_away_and_works_when_it_is_back()
    {
        var here = await _rings.StartAsync();
        await (await _rings.StartAsync()).RotateAsync(KeyKind.Sealing, _rings.Now, default);

        _rings.Store.IsAway = true;
        await Assert.ThrowsAsync<StorageException>(() => here.ReloadAsync(default).AsTask());

        _rings.Store.IsAway = false;
        Assert.True(await here.ReloadAsync(default));
    }

    [Fact]
    public async Task A_rotation_by_hand_takes_effect_at_once_and_can_be_repeated()
    {
        var ring = await _rings.StartAsync();
        List<byte[]> @sealed = [ring.Seal("0")];

        for (var i = 1; i <= 11; i++)
        {
            await ring.RotateAsync(KeyKind.Sealing, _rings.Now, default);
            @sealed.Add(ring.Seal($"{i}"));
        }

        Assert.Equal(12, @sealed.Select(one => SealingKey.ReadId(one)).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (UnsealResult.Unsealed, $"{i}")), @sealed.Select(one => ring.Open(one)));
        Assert.Contains((KeyKind.Sealing, "2026-11-21.11"), _rings.Store.Keys.Keys);
    }

    [Fact]
    public async Task Two_nodes_that_rotate_at_once_each_bring_a_new_key()
    {
        var nodes = await Task.WhenAll(_rings.StartAsync(), _rings.StartAsync());

        await Task.WhenAll(nodes.Select(node => node.RotateAsync(KeyKind.Sealing, _rings.Now, default)));

        Assert.Equal(3, _rings.Store.Keys.Keys.Count(key => key.Kind is KeyKind.Sealing));
    }

    [Fact]
    public async Task Sealing_keys_outlive_a_refresh_token_of_ten_years_and_leave()
    {
        var ring = await _rings.StartAsync();
        var first = ring.Seal("old");
        var born = KeySlot.Of(_rings.Now).StartsAt;

        _rings.Clock.AdjustTime(born.AddDays(3670));
        await ring.PrepareAsync(_rings.Now, default);
        Assert.Equal(UnsealResult.Unsealed, ring.Open(first).Result);

        _rings.Clock.AdjustTime(born.AddDays(3670).AddSeconds(1));
        await ring.PrepareAsync(_rings.Now, default);
        Assert.Equal(UnsealResult.UnknownKey, ring.Open(first).Result);
        Assert.DoesNotContain((KeyKind.Sealing, "2026-11-21"), _rings.Store.Keys.Keys);
    }
}
