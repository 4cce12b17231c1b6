using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Sandbox;

public sealed class SnapshotTests : IAsyncLifetime
{
    private readonly OnSqlite _engine = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("yaopai-snapshots-").FullName;
    private TestServer _server = null!;

    private HttpClient Http => _server.Http;

    public async ValueTask InitializeAsync()
    {
        await _engine.InitializeAsync();
        _server = await TestServer.StartAsync(_engine, ("Data", _folder));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _engine.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_was_changed_is_as_it_was_and_what_was_issued_is_void()
    {
        var demo = new HuaweiCaller(_server);
        var before = await demo.SignInAsync("hongkong");
        await Http.PostAsJsonAsync("/sandbox/clock", new { advance = "PT10M" });
        await Http.PostAsJsonAsync("/sandbox/faults", new { target = "huawei.getInfo", error = "NSP_STATUS/500", times = 2 });
        await demo.GetInfoAsync(before.Access);
        Assert.Equal(HttpStatusCode.Created, await PostAsync("first"));

        await Http.DeleteAsync("/sandbox/users/mainland");
        await Http.PostAsJsonAsync("/sandbox/users", new { name = "late" });
        var code = await demo.CodeAsync("hongkong");
        var after = await demo.SignInAsync("hongkong");
        await Http.DeleteAsync("/sandbox/faults");
        await Http.DeleteAsync("/sandbox/clock");
        Assert.Equal(HttpStatusCode.OK, await PostAsync("first/restore"));

        Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync("/sandbox/users/mainland")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync("/sandbox/users/late")).StatusCode);
        Assert.Equal("PT10M", (await ShowAsync("clock")).GetProperty("offset").GetString());
        Assert.Equal(1, Assert.Single((await ShowAsync("faults")).GetProperty("faults").EnumerateArray()).GetProperty("times").GetInt32());
        await (await demo.GetTokenInfoAsync(before.Access)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
        Assert.NotEqual(HttpStatusCode.OK, (await demo.ExchangeAsync(code)).StatusCode);
        await (await demo.GetTokenInfoAsync(after.Access)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenRevoked);
        Assert.NotEqual(HttpStatusCode.OK, (await demo.RefreshAsync(after.Refresh)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await demo.RefreshAsync(before.Refresh)).StatusCode);

        var later = await demo.SignInAsync("mainland"); // life goes on
        await (await demo.GetTokenInfoAsync(later.Access)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
    }

    [Fact]
    public async Task It_can_be_restored_again_and_again_and_outlives_a_restart()
    {
        await PostAsync("first");
        for (var round = 0; round < 3; round++)
        {
            await Http.PostAsJsonAsync("/sandbox/users", new { name = "late" });
            Assert.Equal(HttpStatusCode.OK, await PostAsync("first/restore"));
            Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync("/sandbox/users/late")).StatusCode);
        }

        var late = (await new HuaweiCaller(_server).SignInAsync()).Access;
        await PostAsync("first/restore");
        await _server.DisposeAsync();
        _server = await TestServer.StartAsync(_engine, ("Data", _folder));

        await (await new HuaweiCaller(_server).GetTokenInfoAsync(late)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenRevoked);
        Assert.Equal(HttpStatusCode.OK, await PostAsync("first/restore"));
    }

    [Fact]
    public async Task They_are_listed_replaced_removed_and_bounded()
    {
        for (var number = 0; number < 20; number++)
            Assert.Equal(HttpStatusCode.Created, await PostAsync($"s{number:00}"));

        Assert.Equal(HttpStatusCode.Conflict, await PostAsync("one-more"));
        Assert.Equal(HttpStatusCode.Created, await PostAsync("s00"));
        Assert.Equal(HttpStatusCode.NoContent, (await Http.DeleteAsync("/sandbox/snapshots/s19")).StatusCode);
        Assert.Equal(
            Enumerable.Range(0, 19).Select(number => $"s{number:00}"),
            (await ShowAsync("snapshots")).GetProperty("snapshots").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        Assert.Equal(38, Directory.GetFiles(Path.Combine(_folder, "snapshots")).Length);
    }

    [Theory]
    [InlineData("Name", HttpStatusCode.BadRequest)]
    [InlineData("..%2Fname", HttpStatusCode.BadRequest)]
    [InlineData("nothing/restore", HttpStatusCode.NotFound)]
    [InlineData("..%2Fname/restore", HttpStatusCode.NotFound)]
    public async Task A_name_that_is_none_is_said(string name, HttpStatusCode expected) => Assert.Equal(expected, await PostAsync(name));

    [Fact]
    public async Task With_PostgreSQL_it_is_refused_with_what_to_do_instead()
    {
        await using var engine = new OnPostgres();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine, ("Data", _folder));

        var refused = await server.Http.PostAsync("/sandbox/snapshots/first", null);

        Assert.Equal(HttpStatusCode.NotImplemented, refused.StatusCode);
        Assert.Contains("/sandbox/worlds", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> PostAsync(string path) => (await Http.PostAsync($"/sandbox/snapshots/{path}", null)).StatusCode;

    private Task<JsonElement> ShowAsync(string what) => Http.GetFromJsonAsync<JsonElement>($"/sandbox/{what}");
}
