using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

public sealed class PreferenceMethodTests(DataApp fixture) : IClassFixture<DataApp>
{
    private readonly DataCaller _demo = fixture.Demo;

    [Fact]
    public async Task A_preference_is_kept_changed_and_taken_away()
    {
        Assert.Null(await GetAsync("nophone", "0"));
        Assert.Equal("1", await _demo.ResultAsync("setUserPreference", "nophone", ("pref_id", "0"), ("value", "深色 & light")));
        Assert.Equal("深色 & light", await GetAsync("nophone", "0"));

        await _demo.ResultAsync("setUserPreference", "nophone", ("pref_id", "0"), ("value", "light"));
        Assert.Equal("light", await GetAsync("nophone", "0"));

        await _demo.ResultAsync("setUserPreference", "nophone", ("pref_id", "0"), ("value", ""));
        Assert.Null(await GetAsync("nophone", "0"));
    }

    [Fact]
    public async Task Several_are_set_at_once_and_replace_others_only_where_that_is_said()
    {
        await SetAsync("""{"1":"a","200":7,"5":"e"}""", null);
        await SetAsync("""{"1":"b","5":null}""", "0");
        Assert.Equal("""{"1":"b","200":"7"}""", await AllAsync("russia"));

        await SetAsync("""{"2":"only"}""", "1");
        Assert.Equal("""{"2":"only"}""", await AllAsync("russia"));

        await SetAsync("{}", "true");
        Assert.Equal("{}", await AllAsync("russia"));
    }

    [Fact]
    public async Task What_is_kept_for_one_person_and_by_one_app_nobody_else_sees()
    {
        var stranger = await fixture.NewCallerAsync();
        await _demo.ResultAsync("setUserPreference", "mainland", ("pref_id", "3"), ("value", "mine"));
        await stranger.ResultAsync("setUserPreference", "mainland", ("pref_id", "3"), ("value", "the stranger's"));

        Assert.Null(await GetAsync("hongkong", "3"));
        await _demo.ResultAsync("setUserPreference", "hongkong", ("pref_id", "3"), ("value", "another's"));

        Assert.Equal("mine", await GetAsync("mainland", "3"));
        Assert.Equal("the stranger's", await stranger.ResultAsync("getUserPreference", "mainland", ("pref_id", "3")));
    }

    [Theory]
    [InlineData("setUserPreference")]
    [InlineData("setUserPreferences")]
    [InlineData("getUserPreference")]
    [InlineData("getUserPreferences")]
    public async Task An_app_for_itself_has_none(string method) => await (await _demo.CallAsync(method)).ShouldBeAsync(E.UserDataForbidden);

    private Task<string?> SetAsync(string values, string? replace) =>
        _demo.ResultAsync("setUserPreferences", "russia", ("values", values), ("replace", replace));

    private Task<string?> GetAsync(string user, string id) => _demo.ResultAsync("getUserPreference", user, ("pref_id", id));

    private async Task<string> AllAsync(string user) => (await _demo.DoAsync("getUserPreferences", [], user)).GetRawText();
}
