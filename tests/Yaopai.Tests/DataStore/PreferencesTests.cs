using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.DataStore;

public sealed class SqlitePreferencesTests(OnSqlite engine) : PreferencesContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresPreferencesTests(OnPostgres engine) : PreferencesContract(engine), IClassFixture<OnPostgres>;

public abstract class PreferencesContract(Engine engine) : IAsyncLifetime
{
    private readonly AppData _data = new(engine.Database);
    private long _person;

    public async ValueTask InitializeAsync() => _person = await _data.NewPersonAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_preference_reads_back_and_is_replaced_by_the_next()
    {
        Assert.Equal(DataOutcome.Done, await SetAsync(0, "blue"));
        Assert.Equal(DataOutcome.Done, await SetAsync(0, "蓝色"));
        Assert.Equal(DataOutcome.Done, await SetAsync(200, "0"));

        Assert.Equal(DataAnswer.Done("蓝色"), await GetAsync(0));
        Assert.Equal(DataAnswer.Done("0"), await GetAsync(200));
        Assert.Equal(new DataAnswer<string>(DataOutcome.Done, null), await GetAsync(1));
    }

    [Fact]
    public async Task An_empty_preference_is_removed()
    {
        await SetAsync(7, "on");

        Assert.Equal(DataOutcome.Done, await SetAsync(7, ""));

        Assert.Null((await GetAsync(7)).Value);
        Assert.Equal(new(0, 0), await _data.UsageAsync());
    }

    [Fact]
    public async Task Many_are_merged_or_replace_all()
    {
        await SetManyAsync(replace: false, (1, "a"), (2, "b"));

        await SetManyAsync(replace: false, (2, "c"), (3, "d"), (1, ""));
        Assert.Equal([(2, "c"), (3, "d")], await AllAsync());

        await SetManyAsync(replace: true, (4, "e"));
        Assert.Equal([(4, "e")], await AllAsync());

        await SetManyAsync(replace: false);
        Assert.Equal([(4, "e")], await AllAsync());

        await SetManyAsync(replace: true);
        Assert.Empty(await AllAsync());
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(201, 1)]
    [InlineData(0, 129)]
    public async Task Ids_end_at_200_and_values_at_128_characters(int id, int length)
    {
        Assert.Equal(DataOutcome.InvalidArgument, await SetAsync(id, new('x', length)));
        Assert.Equal(DataOutcome.InvalidArgument, await SetManyAsync(replace: true, (5, "fine"), (id, new('x', length))));
        Assert.Empty(await AllAsync());
    }

    [Fact]
    public async Task A_character_outside_the_basic_plane_is_one()
    {
        var longest = string.Concat(Enumerable.Repeat("😀", 128));

        Assert.Equal(DataOutcome.Done, await SetAsync(0, longest));
        Assert.Equal(longest, (await GetAsync(0)).Value);
        Assert.Equal(DataOutcome.InvalidArgument, await SetAsync(0, longest + "x"));
    }

    [Fact]
    public async Task Text_that_is_no_text_is_refused()
    {
        foreach (var value in (string[])["a\0b", "\ud800", "\udc00\ud800", "\ud800x"])
            Assert.Equal(DataOutcome.InvalidArgument, await SetAsync(0, value));
    }

    [Fact]
    public async Task A_preference_that_is_read_by_an_impossible_id_is_refused() =>
        Assert.Equal(DataOutcome.InvalidArgument, (await GetAsync(201)).Outcome);

    [Fact]
    public async Task People_and_apps_do_not_share_preferences()
    {
        await SetAsync(1, "mine");

        var another = new AppData(engine.Database);
        Assert.Null((await another.Preferences.GetAsync(another.App, _person, 1, default)).Value);
        Assert.Null((await _data.Preferences.GetAsync(_data.App, Samples.NewId(), 1, default)).Value);
        await another.Preferences.SetManyAsync(another.App, _person, new Dictionary<int, string>(), replace: true, default);
        Assert.Equal("mine", (await GetAsync(1)).Value);
    }

    [Fact]
    public async Task They_go_with_the_person_and_give_back_their_room_to_each_app()
    {
        var (another, stranger) = (new AppData(engine.Database), await _data.NewPersonAsync());
        await SetManyAsync(replace: false, (1, "mine"), (2, "too"));
        await another.Preferences.SetAsync(another.App, _person, 1, "elsewhere", default);
        await _data.Preferences.SetAsync(_data.App, stranger, 1, "kept", default);

        Assert.True(await _data.DeletePersonAsync(_person));

        Assert.Empty(await AllAsync());
        Assert.Empty((await another.Preferences.GetAllAsync(another.App, _person, default)).Value!);
        Assert.Equal("kept", (await _data.Preferences.GetAsync(_data.App, stranger, 1, default)).Value);
        Assert.Equal(new(1, "kept".Length), await _data.UsageAsync());
        Assert.Equal(new(0, 0), await another.UsageAsync());
        Assert.Equal(DataOutcome.NotFound, await SetAsync(1, "late"));
        Assert.False(await _data.DeletePersonAsync(_person));
    }

    [Fact]
    public async Task Of_a_person_who_is_deleted_while_they_are_stored_none_stays()
    {
        var consents = new SqlConsentStore(engine.Database, Samples.Identifiers);
        var apps = Enumerable.Range(0, 4).Select(_ => new AppData(engine.Database)).ToArray();
        foreach (var app in apps)
            await consents.PutAsync(new(_person, app.App, ["basic"], null, Samples.Noon), default);

        var writes = Enumerable.Range(0, 40).Select(i => Task.Run(
            () => apps[i % 4].Preferences.SetAsync(apps[i % 4].App, _person, i, "x", default)));
        await Task.WhenAll([.. writes, Task.Run(() => _data.DeletePersonAsync(_person))]);

        foreach (var app in apps)
        {
            Assert.Empty((await app.Preferences.GetAllAsync(app.App, _person, default)).Value!);
            Assert.Equal(new(0, 0), await app.UsageAsync());
        }
    }

    private Task<DataOutcome> SetAsync(int id, string value) => _data.Preferences.SetAsync(_data.App, _person, id, value, default);

    private Task<DataOutcome> SetManyAsync(bool replace, params (int Id, string Value)[] values) =>
        _data.Preferences.SetManyAsync(_data.App, _person, values.ToDictionary(pair => pair.Id, pair => pair.Value), replace, default);

    private Task<DataAnswer<string>> GetAsync(int id) => _data.Preferences.GetAsync(_data.App, _person, id, default);

    private async Task<IEnumerable<(int, string)>> AllAsync() =>
        (await _data.Preferences.GetAllAsync(_data.App, _person, default)).Value!.Select(pair => (pair.Key, pair.Value)).Order();
}
