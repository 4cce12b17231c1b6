namespace Yaopai.Tests.Surfaces.OpenApi.Data;

public sealed class HashMethodTests(DataApp fixture) : IClassFixture<DataApp>
{
    private readonly DataCaller _demo = fixture.Demo;

    [Theory]
    [InlineData(null)]
    [InlineData("mainland")]
    public async Task Values_are_kept_by_key_and_property_until_the_key_is_removed(string? user)
    {
        await fixture.PreparedAsync();
        var key = $"键, [{user}]";
        Assert.Null(await GetAsync(user, key, null));
        Assert.Equal("1", await SetAsync(user, key, null, "own"));
        await SetAsync(user, key, "title", "t");
        await SetAsync(user, key, "count", "-3");

        Assert.Equal(
            ("own", "t", "-3"), (await GetAsync(user, key, null), await GetAsync(user, key, "title"), await GetAsync(user, key, "count")));

        await _demo.ResultAsync("removeHashKey", user, ("obj_type", "note"), ("key", key));
        Assert.Equal(((string?)null, (string?)null, (string?)null),
            (await GetAsync(user, key, null), await GetAsync(user, key, "title"), await GetAsync(user, key, "count")));
    }

    [Fact]
    public async Task An_increment_begins_at_zero_and_answers_the_new_number()
    {
        await fixture.PreparedAsync();

        Assert.Equal("1", await IncrementAsync(null, null));
        Assert.Equal("-4", await IncrementAsync(null, "-5"));
        Assert.Equal("9007199254740993", await IncrementAsync("count", "9007199254740993"));
        Assert.Equal("9007199254740994", await IncrementAsync("count", "1"));
        Assert.Equal("-4", await GetAsync(null, "inc", null));
    }

    [Fact]
    public async Task Several_keys_are_removed_at_once_and_what_is_not_there_is_passed_over()
    {
        await fixture.PreparedAsync();
        foreach (var key in new[] { "a,b", "7", "stays" })
            await SetAsync(null, key, null, "v");

        await _demo.ResultAsync("removeHashKeys", ("obj_type", "note"), ("keys", """["a,b",7,"none"]"""));

        Assert.Equal(((string?)null, (string?)null, "v"),
            (await GetAsync(null, "a,b", null), await GetAsync(null, "7", null), await GetAsync(null, "stays", null)));
    }

    private Task<string?> GetAsync(string? user, string key, string? property) =>
        _demo.ResultAsync("getHashValue", user, ("obj_type", "note"), ("key", key), ("prop_name", property));

    private Task<string?> SetAsync(string? user, string key, string? property, string value) =>
        _demo.ResultAsync("setHashValue", user, ("obj_type", "note"), ("key", key), ("prop_name", property), ("value", value));

    private Task<string?> IncrementAsync(string? property, string? by) =>
        _demo.ResultAsync("incHashValue", ("obj_type", "note"), ("key", "inc"), ("prop_name", property), ("increment", by));
}
