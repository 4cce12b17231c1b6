using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;
using Yaopai.Tests.Keys;

namespace Yaopai.Tests.Identifiers;

public sealed class IdentifiersTests
{
    private readonly Rings _rings = new();

    [Fact]
    public async Task Identifiers_have_the_lengths_and_letters_of_the_platform()
    {
        var identifiers = new PairwiseIdentifiers(await _rings.StartAsync());

        for (var account = 0; account < 100; account++)
        {
            Assert.Matches(@"\A[A-Za-z0-9_-]{28}\z", identifiers.OpenId(100000001, account));
            Assert.Matches(@"\A[A-Za-z0-9_-]{29}\z", identifiers.UnionId(100000001, account));
            Assert.Matches(@"\A[A-Za-z0-9_-]{40}\z", identifiers.GroupUnionId(100000001, account));
        }
    }

    [Fact]
    public async Task Identifiers_are_the_same_on_every_node_and_after_every_rotation()
    {
        var here = await _rings.StartAsync();
        var before = All(here);

        for (var day = 0; day < 3; day++)
        {
            _rings.Clock.Advance(TimeSpan.FromDays(300));
            await here.RotateAsync(KeyKind.Sealing, _rings.Now, default);
        }

        Assert.Equal(before, All(here));
        Assert.Equal(before, All(await _rings.StartAsync()));

        static string[] All(KeyRing ring)
        {
            var identifiers = new PairwiseIdentifiers(ring);
            return [identifiers.OpenId(1, 2), identifiers.UnionId(1, 2), identifiers.GroupUnionId(1, 2)];
        }
    }

    [Fact]
    public async Task Identifiers_of_different_accounts_audiences_and_kinds_have_nothing_in_common()
    {
        var identifiers = new PairwiseIdentifiers(await _rings.StartAsync());
        var starts = new HashSet<string>();

        for (var audience = 0; audience < 20; audience++)
        {
            for (var account = 0; account < 20; account++)
            {
                Assert.True(starts.Add(identifiers.OpenId(audience, account)[..16]));
                Assert.True(starts.Add(identifiers.UnionId(audience, account)[..16]));
                Assert.True(starts.Add(identifiers.GroupUnionId(audience, account)[..16]));
            }
        }
    }

    [Fact]
    public async Task Another_installation_knows_the_account_by_other_names()
    {
        var here = new PairwiseIdentifiers(await _rings.StartAsync());
        var there = new PairwiseIdentifiers(await new Rings().StartAsync());

        Assert.NotEqual(here.OpenId(1, 1), there.OpenId(1, 1));
    }

    [Fact]
    public async Task What_is_derived_depends_on_where_the_label_ends()
    {
        var ring = await _rings.StartAsync();
        var (one, other) = (new byte[IdentifierKey.DerivedLength], new byte[IdentifierKey.DerivedLength]);

        ring.Derive("label"u8, "data"u8, one);
        ring.Derive("labeld"u8, "ata"u8, other);

        Assert.NotEqual(one, other);
    }
}
