using Yaopai.Server.Credentials;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Credentials;

public sealed class RefreshTokenIdTests
{
    [Fact]
    public void F13_an_id_tells_its_chain_and_its_place_there()
    {
        var first = RefreshTokenId.First(Samples.Noon);
        Assert.True(RefreshTokenId.TryRead(first, out var chain, out var place));
        Assert.Equal((1, 8), (place, first.Version));

        var id = first;
        for (var expected = 2; expected < 1000; expected++)
        {
            id = RefreshTokenId.After(id, Samples.Noon);
            Assert.True(RefreshTokenId.TryRead(id, out var same, out place));
            Assert.Equal((chain, expected, 8), (same, place, id.Version));
        }

        Assert.True(RefreshTokenId.TryRead(RefreshTokenId.First(Samples.Noon), out var other, out _));
        Assert.NotEqual(chain, other);
    }

    [Fact]
    public void F13_ids_of_an_older_server_and_the_last_of_a_chain_are_followed_by_a_new_chain()
    {
        var old = Guid.CreateVersion7(Samples.Noon);
        Assert.False(RefreshTokenId.TryRead(old, out _, out _));
        Assert.True(RefreshTokenId.TryRead(RefreshTokenId.After(old, Samples.Noon), out _, out var place));
        Assert.Equal(1, place);

        var bytes = RefreshTokenId.First(Samples.Noon).ToByteArray(bigEndian: true);
        bytes.AsSpan(13).Fill(0xff);
        var last = new Guid(bytes, bigEndian: true);
        Assert.True(RefreshTokenId.TryRead(last, out var chain, out place));
        Assert.Equal((1 << 24) - 1, place);
        Assert.True(RefreshTokenId.TryRead(RefreshTokenId.After(last, Samples.Noon), out var next, out place));
        Assert.Equal(1, place);
        Assert.NotEqual(chain, next);
    }
}
