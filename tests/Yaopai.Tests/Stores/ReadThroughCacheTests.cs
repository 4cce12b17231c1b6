using Yaopai.Server.Stores;

namespace Yaopai.Tests.Stores;

/// <summary>What is announced as changed is read again, however close the announcement comes to the reading.</summary>
public sealed class ReadThroughCacheTests
{
    private readonly Key _key = new();
    private readonly ReadThroughCache<Key, string> _cache;
    private string _stored = "before";

    public ReadThroughCacheTests() => _cache = new(capacity: 4, (_, _) => Task.FromResult<string?>(_stored));

    [Fact]
    public async Task What_was_read_is_kept_until_it_is_forgotten()
    {
        Assert.Equal("before", await FindAsync());
        _stored = "after";
        Assert.Equal("before", await FindAsync());

        _cache.Forget(_key);

        Assert.Equal("after", await FindAsync());
    }

    /// <summary>A dictionary asks a key for its hash each time it is used; the change comes at one of those times after another.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task What_changes_at_any_moment_of_a_reading_is_not_kept_as_it_was(int moment)
    {
        _key.AtHash(moment, () =>
        {
            _stored = "after";
            _cache.Forget(_key);
        });

        await FindAsync();

        if (_key.HasChanged)
            Assert.Equal("after", await FindAsync());
        Assert.Equal(moment < 4, _key.HasChanged); // young, old, keeping: a reading asks three times, so all moments are tried
    }

    private async Task<string?> FindAsync() => await _cache.FindAsync(_key, default);

    private sealed class Key
    {
        private Action? _change;
        private int _left;

        public bool HasChanged { get; private set; }

        public void AtHash(int moment, Action change) => (_left, _change) = (moment, change);

        public override int GetHashCode()
        {
            if (_change is { } change && --_left == 0)
            {
                (_change, HasChanged) = (null, true);
                change();
            }

            return 1;
        }

        public override bool Equals(object? obj) => ReferenceEquals(this, obj);
    }
}
