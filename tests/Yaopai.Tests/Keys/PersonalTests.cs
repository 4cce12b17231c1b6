using System.Text;
using Yaopai.Server.Keys;

namespace Yaopai.Tests.Keys;

public sealed class PersonalTests
{
    private static readonly byte[] s_owner = "owner 1"u8.ToArray();

    private readonly Rings _rings = new();

    [Fact]
    public async Task What_was_sealed_opens_for_its_owner_alone()
    {
        var ring = await _rings.StartAsync();
        var @sealed = ring.SealPersonal(s_owner, "张三"u8);

        Assert.Equal("张三"u8.ToArray(), await ring.OpenPersonalAsync(s_owner, @sealed, default));
        Assert.Null(await ring.OpenPersonalAsync("owner 2"u8.ToArray(), @sealed, default));
        Assert.DoesNotContain("张三", Encoding.UTF8.GetString(@sealed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_changed_or_cut_does_not_open()
    {
        var ring = await _rings.StartAsync();
        var @sealed = ring.SealPersonal(s_owner, "张三"u8);

        for (var i = 0; i < @sealed.Length; i++)
        {
            var changed = @sealed.ToArray();
            changed[i] ^= 1;
            Assert.Null(await ring.OpenPersonalAsync(s_owner, changed, default));
            Assert.Null(await ring.OpenPersonalAsync(s_owner, @sealed[..i], default));
        }
    }

    [Fact]
    public async Task Years_later_it_still_opens_although_the_keys_of_credentials_are_gone()
    {
        var ring = await _rings.StartAsync();
        var (personal, credential) = (ring.SealPersonal(s_owner, "张三"u8), ring.Seal("x"));

        _rings.Clock.AdjustTime(_rings.Now.AddYears(11));
        await ring.PrepareAsync(_rings.Now, default);
        var restarted = await _rings.StartAsync();

        Assert.Equal("张三"u8.ToArray(), await restarted.OpenPersonalAsync(s_owner, personal, default));
        Assert.Equal(UnsealResult.UnknownKey, restarted.Open(credential).Result);
    }

    [Fact]
    public async Task A_key_for_credentials_never_opens_personal_data_nor_the_other_way_round()
    {
        var ring = await _rings.StartAsync();

        Assert.Null(await ring.OpenPersonalAsync("token"u8.ToArray(), ring.Seal("x"), default));
        Assert.Equal(UnsealResult.UnknownKey, ring.Open(ring.SealPersonal("token"u8, "x"u8)).Result);
    }

    [Fact]
    public async Task A_rotation_seals_with_a_new_key_which_other_nodes_find_and_the_old_one_still_opens()
    {
        var (here, there) = (await _rings.StartAsync(), await _rings.StartAsync());
        var before = here.SealPersonal(s_owner, "before"u8);

        await there.RotateAsync(KeyKind.Personal, _rings.Now.AddSeconds(1), default);
        _rings.Clock.AdjustTime(_rings.Now.AddSeconds(2));
        var after = there.SealPersonal(s_owner, "after"u8);

        Assert.NotEqual(SealingKey.ReadId(before), SealingKey.ReadId(after));
        Assert.Equal("after"u8.ToArray(), await here.OpenPersonalAsync(s_owner, after, default));
        Assert.Equal("before"u8.ToArray(), await here.OpenPersonalAsync(s_owner, before, default));
    }

    [Fact]
    public async Task Ten_nodes_that_start_at_once_share_one_key()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _rings.StartAsync()));

        Assert.Single(_rings.Store.Keys.Keys, key => key.Kind is KeyKind.Personal);
    }
}
