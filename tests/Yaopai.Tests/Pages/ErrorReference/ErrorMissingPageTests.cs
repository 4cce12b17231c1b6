using System.Net;
using System.Text.Json;
using Yaopai.Errors;

namespace Yaopai.Tests.Pages.ErrorReference;

public sealed class ErrorMissingPageTests(PagesServer server) : IClassFixture<PagesServer>
{
    [Theory]
    [InlineData("/errors/nowhere")]
    [InlineData("/errors/nowhere/20155")]
    [InlineData("/errors?surface=nowhere")]
    [InlineData("/errors/huawei/99999")]
    [InlineData("/errors/huawei/1102/20155")]
    [InlineData("/errors/huawei/a/b/c")]
    [InlineData("/errors/huawei/.json")]
    public async Task What_is_not_there_is_not_found(string address)
    {
        using var page = await server.GetAsync(address);
        using var json = await server.GetAsync(address, ("Accept", "application/json"));

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, json.StatusCode);
        Assert.Equal("application/problem+json", json.Content.Headers.ContentType?.MediaType);
        Assert.Null(page.Headers.ETag);
    }

    [Fact]
    public async Task An_unknown_surface_is_answered_with_the_ones_there_are()
    {
        using var answer = await server.GetAsync("/errors/nowhere");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.All(ErrorCatalogue.Surfaces, surface => Assert.Contains($"href=\"/errors/{surface.Slug}\"", page));
    }

    [Theory]
    [InlineData("/errors/huawei/21155", "/errors/huawei/20155")] // a digit off
    [InlineData("/errors/huawei/20515", "/errors/huawei/20155")] // two digits swapped
    [InlineData("/errors/welink/20155", "/errors/huawei/20155")] // on another surface
    [InlineData("/errors/nowhere/20155", "/errors/huawei/20155")]
    [InlineData("/errors/identity/API_SYS_REQSING", "/errors/identity/API_SYS_REQSIGN")]
    public async Task What_was_probably_meant_is_offered(string asked, string meant)
    {
        using var page = await server.GetAsync(asked);
        using var answer = await server.GetAsync(asked + ".json");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());

        Assert.Contains($"href=\"{meant}\"", await page.Content.ReadAsStringAsync());
        Assert.Contains(json.RootElement.GetProperty("near").EnumerateArray(), error => error.GetProperty("page").ValueEquals(meant));
    }

    [Fact]
    public async Task A_very_long_code_is_not_found_either()
    {
        using var answer = await server.GetAsync("/errors/huawei/" + new string('7', 4000));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
