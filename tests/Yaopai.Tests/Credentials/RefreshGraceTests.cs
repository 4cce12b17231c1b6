using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Credentials;
using Yaopai.Server.Surfaces.OpenApi;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Credentials;

/// <summary>A refresh token that comes again, be it that the answer to it was lost or that somebody stole it.</summary>
public sealed class RefreshGraceTests(SharedServer fixture)
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    /// <summary>Of today's server, and of one that knew of no chains.</summary>
    public static TheoryData<Guid> Ids { get; } = new(RefreshTokenId.First(Samples.Noon), Guid.CreateVersion7(Samples.Noon));

    [Theory, MemberData(nameof(Ids))]
    public async Task FC_32_without_a_grace_a_second_use_is_none(Guid id)
    {
        var (use, refresh) = (Use(TimeSpan.Zero), Refresh(id));
        Assert.False(await use.WasUsedAsync(refresh, default));
        Assert.Equal(RefreshTokenUsage.First, await use.TryUseAsync(refresh, default));
        Assert.True(await use.WasUsedAsync(refresh, default));
        Assert.Equal(RefreshTokenUsage.Refused, await use.TryUseAsync(refresh, default));
        Assert.False(await fixture.Server.Get<CredentialReader>().HoldsAsync(refresh, default));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task FC_32_within_the_grace_it_is_good_again_and_after_it_ends_the_sign_in(Guid id)
    {
        var (use, refresh) = (Use(TimeSpan.FromSeconds(40)), Refresh(id));
        var first = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ => await use.TryUseAsync(refresh, default)));
        Assert.Single(first, RefreshTokenUsage.First); // at one moment
        Assert.Equal(4, first.Count(one => one is RefreshTokenUsage.Again));

        _time.Advance(TimeSpan.FromSeconds(39));
        Assert.False(await use.WasUsedAsync(refresh, default));
        Assert.Equal(RefreshTokenUsage.Again, await use.TryUseAsync(refresh, default));

        _time.Advance(TimeSpan.FromSeconds(7)); // a use again prolongs nothing
        Assert.True(await use.WasUsedAsync(refresh, default));
        Assert.Equal(RefreshTokenUsage.Refused, await use.TryUseAsync(refresh, default));
        Assert.False(await fixture.Server.Get<CredentialReader>().HoldsAsync(refresh, default));
    }

    [Fact]
    public async Task F13_every_earlier_token_of_a_chain_is_known_to_be_used()
    {
        var (use, first) = (Use(TimeSpan.Zero), Refresh(RefreshTokenId.First(Samples.Noon)));
        var chain = new List<Credential> { first };
        for (var i = 0; i < 5; i++)
            chain.Add(first with { Id = RefreshTokenId.After(chain[^1].Id, Samples.Noon) });
        foreach (var token in chain[..^1])
            Assert.Equal(RefreshTokenUsage.First, await use.TryUseAsync(token, default));

        Assert.False(await use.WasUsedAsync(chain[^1], default));
        foreach (var token in chain[..^1])
            Assert.Equal(RefreshTokenUsage.Refused, await use.TryUseAsync(token, default));
    }

    [Fact]
    public async Task F13_a_use_at_a_node_that_knows_of_no_chains_counts()
    {
        var (use, refresh) = (Use(TimeSpan.Zero), Refresh(RefreshTokenId.First(Samples.Noon)));
        await fixture.Server.Get<IUsedCodeStore>().TryUseAsync(refresh.AppId, refresh.Id, _time.GetUtcNow().AddDays(1), default);

        Assert.True(await use.WasUsedAsync(refresh, default));
        Assert.Equal(RefreshTokenUsage.Refused, await use.TryUseAsync(refresh, default));
    }

    private RefreshTokenUse Use(TimeSpan grace) => new(
        fixture.Server.Get<IUsedCodeStore>(), fixture.Server.Get<ICallIdStore>(), fixture.Server.Get<Revoker>(), _time,
        Options.Create(new GrantOptions { RefreshGrace = grace }));

    private Credential Refresh(Guid id)
    {
        var now = _time.GetUtcNow();
        return new Credential(
            CredentialKind.RefreshToken, Samples.NewId(), 900001, Guid.NewGuid(), now, now, now.AddDays(1), "basic", PhoneId: null)
        {
            Profile = fixture.Server.Get<OpenApiProfile>().Credentials,
            Id = id,
        };
    }
}
