using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;
using Yaopai.Server.Stores;

namespace Yaopai.Tests.Keys;

public sealed class SigningTests
{
    private readonly Rings _rings = new();

    [Fact]
    public async Task Ten_nodes_that_start_at_once_sign_with_one_key()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _rings.StartAsync()));

        var keys = await Task.WhenAll(nodes.Select(node => node.SigningAsync(_rings.Now, default).AsTask()));

        Assert.Single(keys.Select(key => key.Kid).Distinct());
    }

    [Fact]
    public async Task Two_keys_are_published_and_they_are_todays_and_yesterdays()
    {
        var ring = await _rings.StartAsync();
        List<string> signed = [];

        for (var day = 0; day < 3; day++)
        {
            var now = _rings.Now.AddDays(day);
            signed.Insert(0, (await ring.SigningAsync(now, default)).Kid);
            var published = (await ring.PublishedAsync(now, default)).Select(key => key.Kid).ToList();

            Assert.Equal(2, published.Count);
            Assert.Equal(signed.Take(2), published.Take(signed.Count));
        }

        Assert.Equal(3, signed.Distinct().Count());
    }

    [Fact]
    public async Task Keys_turn_at_midnight_in_China()
    {
        var ring = await _rings.StartAsync();

        var morning = await SignAt("2026-11-20T16:00:00Z");
        var evening = await SignAt("2026-11-21T15:59:59.999Z");
        var midnight = await SignAt("2026-11-21T16:00:00Z");

        Assert.Equal(morning, evening);
        Assert.NotEqual(evening, midnight);

        async Task<string> SignAt(string instant) => (await ring.SigningAsync(DateTimeOffset.Parse(instant), default)).Kid;
    }

    [Fact]
    public async Task FC_34_tomorrows_key_is_made_and_published_in_the_last_hour_and_signs_from_midnight()
    {
        var ring = await _rings.StartAsync();
        await ring.PrepareAsync(DateTimeOffset.Parse("2026-11-21T22:59:59+08:00"), default);
        Assert.DoesNotContain((KeyKind.Signing, "2026-11-22"), _rings.Store.Keys.Keys);

        var late = DateTimeOffset.Parse("2026-11-21T23:00:00+08:00");
        await ring.PrepareAsync(late, default);
        _rings.Store.IsAway = true;

        Assert.Contains((KeyKind.Signing, "2026-11-22"), _rings.Store.Keys.Keys);
        var published = (await ring.PublishedAsync(late, default)).Select(key => key.Kid).ToList();
        var today = await ring.SigningAsync(late, default);
        Assert.Equal(today.Kid, published[0]); // for clients that take the first
        Assert.Equal((await ring.SigningAsync(late.AddHours(1), default)).Kid, published[^1]);
        Assert.Equal(3, published.Count);
        Assert.Equal(
            [(await ring.SigningAsync(late.AddHours(1), default)).Kid, today.Kid],
            (await ring.PublishedAsync(late.AddHours(1), default)).Select(key => key.Kid));
        Assert.NotEqual(today.Kid, (await ring.SigningAsync(late.AddHours(1), default)).Kid);
    }

    /// <summary>On a node that nothing has prepared: whoever asks first makes the keys.</summary>
    [Theory]
    [InlineData("2026-11-21T22:59:59+08:00", 2)]
    [InlineData("2026-11-21T23:00:00+08:00", 3)]
    [InlineData("2026-11-21T23:59:59+08:00", 3)]
    [InlineData("2026-11-22T00:00:00+08:00", 2)]
    public async Task FC_34_the_keys_of_both_kinds_are_published_an_hour_before_they_sign(string instant, int count)
    {
        var ring = await _rings.StartAsync();
        var now = DateTimeOffset.Parse(instant);

        var (rsa, elliptic) = (await ring.PublishedAsync(now, default), await ring.PublishedEllipticAsync(now, default));

        Assert.Equal((count, count), (rsa.Count, elliptic.Count));
        Assert.Equal((await ring.SigningAsync(JoseAlgorithm.ES256, now, default)).Kid, elliptic[0].Kid);
    }

    [Theory]
    [InlineData("2026-11-21T12:00:00+08:00", "01:00:00")]
    [InlineData("2026-11-21T22:30:00+08:00", "00:30:00")] // when tomorrow's join
    [InlineData("2026-11-21T23:00:00+08:00", "01:00:00")]
    [InlineData("2026-11-21T23:59:30+08:00", "00:00:30")] // when they sign
    [InlineData("2026-11-22T00:00:00+08:00", "01:00:00")]
    public void FC_35_what_was_read_of_them_is_kept_until_there_are_others(string instant, string kept) =>
        Assert.Equal(TimeSpan.Parse(kept), KeyRing.KeptFrom(DateTimeOffset.Parse(instant)));

    /// <summary>Whatever was read last, and kept for as long as was said.</summary>
    [Fact]
    public async Task FC_34_FC_35_what_is_kept_of_them_holds_every_key_that_signs()
    {
        var ring = await _rings.StartAsync();
        var (read, kept) = (DateTimeOffset.MinValue, new HashSet<string>());
        for (var now = _rings.Now; now < _rings.Now.AddDays(2); now = now.AddMinutes(7))
        {
            if (now >= read)
            {
                kept = [.. (await ring.PublishedAsync(now, default)).Select(key => key.Kid)];
                read = now + KeyRing.KeptFrom(now);
            }

            Assert.Contains((await ring.SigningAsync(now, default)).Kid, kept);
        }
    }

    [Fact]
    public async Task FC_35_a_set_without_tomorrows_keys_is_not_one_to_keep()
    {
        var ring = await _rings.StartAsync();
        var late = DateTimeOffset.Parse("2026-11-21T23:30:00+08:00");
        await ring.SigningAsync(late, default);
        _rings.Store.IsAway = true;
        await ring.PublishedAsync(late, default);
        Assert.False(ring.AllArePublished(late));

        _rings.Store.IsAway = false;
        await ring.PublishedAsync(late, default);
        await ring.PublishedEllipticAsync(late, default);
        Assert.True(ring.AllArePublished(late));
    }

    [Fact]
    public async Task A_rotation_by_hand_signs_at_once_and_three_keys_are_published()
    {
        var ring = await _rings.StartAsync();
        var before = await ring.SigningAsync(_rings.Now, default);

        await ring.RotateAsync(KeyKind.Signing, _rings.Now, default);

        var after = await ring.SigningAsync(_rings.Now, default);
        Assert.NotEqual(before.Kid, after.Kid);
        var published = await ring.PublishedAsync(_rings.Now, default);
        Assert.Equal([after.Kid, before.Kid], published.Take(2).Select(key => key.Kid));
        Assert.Equal(3, published.Count);
    }

    [Fact]
    public async Task Without_todays_key_and_without_storage_nothing_is_signed_or_published()
    {
        var ring = await _rings.StartAsync();
        _rings.Store.IsAway = true;

        await Assert.ThrowsAsync<StorageException>(() => ring.SigningAsync(_rings.Now, default).AsTask());
        await Assert.ThrowsAsync<StorageException>(() => ring.PublishedAsync(_rings.Now, default).AsTask());
    }

    [Fact]
    public async Task With_todays_key_in_memory_storage_is_not_needed()
    {
        var ring = await _rings.StartAsync();
        var today = await ring.SigningAsync(_rings.Now, default);
        _rings.Store.IsAway = true;

        Assert.Same(today, await ring.SigningAsync(_rings.Now, default));
        Assert.Same(today, Assert.Single(await ring.PublishedAsync(_rings.Now, default)));
    }

    [Fact]
    public async Task ES256_has_keys_of_its_own_that_turn_the_same_way()
    {
        var ring = await _rings.StartAsync();
        var today = await ring.SigningAsync(JoseAlgorithm.ES256, _rings.Now, default);
        var tomorrow = await ring.SigningAsync(JoseAlgorithm.ES256, _rings.Now.AddDays(1), default);

        Assert.Equal([tomorrow.Kid, today.Kid], (await ring.PublishedEllipticAsync(_rings.Now.AddDays(1), default)).Select(key => key.Kid));
        Assert.DoesNotContain(today.Kid, (await ring.PublishedAsync(_rings.Now, default)).Select(key => key.Kid));
        Assert.Same(await ring.SigningAsync(_rings.Now, default), await ring.SigningAsync(JoseAlgorithm.PS256, _rings.Now, default));

        await ring.PrepareAsync(_rings.Now.AddDays(5), default);
        Assert.Equal(
            ["2026-11-25", "2026-11-26"],
            _rings.Store.Keys.Keys.Where(key => key.Kind is KeyKind.Elliptic).Select(key => key.Slot).Order());
    }

    [Fact]
    public async Task Keys_for_ES256_that_storage_cannot_give_do_not_hide_the_others()
    {
        var ring = await _rings.StartAsync();
        await ring.SigningAsync(_rings.Now, default);
        _rings.Store.IsAway = true;

        Assert.Empty(await ring.PublishedEllipticAsync(_rings.Now, default));
        Assert.Single(await ring.PublishedAsync(_rings.Now, default));
    }

    [Fact]
    public async Task Keys_come_back_after_a_restart()
    {
        var before = await (await _rings.StartAsync()).SigningAsync(_rings.Now, default);
        var restarted = await _rings.StartAsync();
        _rings.Store.IsAway = true;

        Assert.Equal(before.Kid, (await restarted.SigningAsync(_rings.Now, default)).Kid);
    }

    [Fact]
    public async Task Signing_keys_leave_after_three_days()
    {
        var ring = await _rings.StartAsync();
        await ring.SigningAsync(_rings.Now, default);

        await ring.PrepareAsync(_rings.Now.AddDays(3), default);

        Assert.Equal(
            ["2026-11-23", "2026-11-24"],
            _rings.Store.Keys.Keys.Where(key => key.Kind is KeyKind.Signing).Select(key => key.Slot).Order());
    }
}
