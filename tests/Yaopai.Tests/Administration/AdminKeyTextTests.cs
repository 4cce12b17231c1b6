using Yaopai.Server.Administration;

namespace Yaopai.Tests.Administration;

public sealed class AdminKeyTextTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string s_secret = AdminKeyText.NewSecret();
    private static readonly string s_before = AdminKeyText.NewSecret();

    private static readonly AdminKey s_key = new()
    {
        Id = 0x1234,
        Name = "key",
        Role = AdminRole.Owner,
        Hash = AdminKeyText.Hash(s_secret),
        PreviousHash = AdminKeyText.Hash(s_before),
        PreviousUntil = s_noon,
        CreatedAt = s_noon,
    };

    [Fact]
    public void A_key_is_read_as_it_was_written()
    {
        for (var i = 0; i < 1000; i++)
        {
            var (id, secret) = (AdminKeyText.NewId(), AdminKeyText.NewSecret());
            Assert.True(id > 0);
            Assert.True(AdminKeyText.TryRead(AdminKeyText.Write(id, secret), out var readId, out var readSecret));
            Assert.Equal((id, secret), (readId, readSecret));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("yaopai_")]
    [InlineData("yaopai_0000000000001234")]
    [InlineData("yaopai_000000000000123G_{secret}")]
    [InlineData("yaopai_0000000000001234-{secret}")]
    [InlineData("yaopai_0000000000001234_{secret}0")]
    [InlineData("yaopai_0000000000000000_{secret}")]
    [InlineData("yaopai_8000000000000000_{secret}")]
    [InlineData("Yaopai_0000000000001234_{secret}")]
    public void What_is_no_key_is_not_read(string text) => Assert.False(AdminKeyText.TryRead(
        text.Replace("{secret}", s_secret, StringComparison.Ordinal), out _, out _));

    [Fact]
    public void The_secret_before_holds_as_long_as_its_overlap()
    {
        Assert.True(AdminKeyText.Matches(s_key, s_secret, s_noon));
        Assert.True(AdminKeyText.Matches(s_key, s_before, s_noon.AddTicks(-1)));
        Assert.False(AdminKeyText.Matches(s_key, s_before, s_noon));
        Assert.False(AdminKeyText.Matches(s_key with { PreviousUntil = null }, s_before, s_noon.AddTicks(-1)));
        Assert.False(AdminKeyText.Matches(s_key, AdminKeyText.NewSecret(), s_noon));
        Assert.False(AdminKeyText.Matches(null, s_secret, s_noon));
    }

    /// <summary>No comparison ends at the first octet that differs: the only one is the one whose time says nothing.</summary>
    [Fact]
    public void Secrets_are_compared_in_constant_time_alone()
    {
        var source = Rooms.FilesOf("Administration").Single(file => file.Path.EndsWith("AdminKeyText.cs", StringComparison.Ordinal)).Text;
        var matches = source[source.IndexOf("bool Matches", StringComparison.Ordinal)..];

        Assert.Equal(2, matches.Split("CryptographicOperations.FixedTimeEquals(").Length - 1);
        Assert.DoesNotMatch(@"SequenceEqual|\.Equals\(|&&|\|\|", matches); // and none is left out where another one says enough
        Assert.DoesNotMatch(
            @"\b(Previous)?Hash\b\s*(==|\.SequenceEqual)",
            string.Concat(Rooms.FilesOf("Administration").Concat(Rooms.FilesOf("Admin"))
                .Where(file => file.Path.Contains("Key", StringComparison.Ordinal)).Select(file => file.Text)));
    }

    [Fact]
    public void A_key_ends_at_its_expiry_and_when_it_is_revoked()
    {
        Assert.True(s_key.HoldsAt(s_noon));
        Assert.True((s_key with { ExpiresAt = s_noon.AddTicks(1) }).HoldsAt(s_noon));
        Assert.False((s_key with { ExpiresAt = s_noon }).HoldsAt(s_noon));
        Assert.False((s_key with { RevokedAt = s_noon }).HoldsAt(s_noon));
    }
}
