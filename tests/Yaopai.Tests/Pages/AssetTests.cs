using System.Net;
using System.Text.RegularExpressions;

namespace Yaopai.Tests.Pages;

public sealed partial class AssetTests(PagesServer server) : IClassFixture<PagesServer>
{
    [Fact]
    public async Task Everything_a_page_needs_comes_from_this_server_and_may_be_kept()
    {
        var page = await server.Client.GetStringAsync("/errors");
        var addresses = Address.Matches(page).Select(match => match.Groups["address"].Value).Distinct().ToList();
        Assert.Equal(2, addresses.Count);
        foreach (var address in addresses)
        {
            using var asset = await server.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", asset.Headers.GetValues("Cache-Control").Single());
            Assert.Equal("nosniff", asset.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.NotEmpty(await asset.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("/assets/yaopai.css")]
    [InlineData("/assets/yaopai.css?v=0123")]
    public async Task An_address_of_other_content_is_asked_for_again(string address)
    {
        using var asset = await server.GetAsync(address);
        Assert.Equal("no-cache", asset.Headers.GetValues("Cache-Control").Single());

        using var again = await server.GetAsync(address, ("If-None-Match", $"{asset.Headers.ETag}"));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("/assets/other.css")]
    [InlineData("/assets/..%2fyaopai.css")]
    public async Task Nothing_else_is_served(string address)
    {
        using var asset = await server.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, asset.StatusCode);
    }

    [Fact]
    public async Task The_stylesheet_asks_nobody_for_anything() =>
        Assert.DoesNotMatch("(?i)@import|url\\(|https?:", await server.Client.GetStringAsync("/assets/yaopai.css"));

    [GeneratedRegex("(href|src)=\"(?<address>/assets/[^\"]+)\"")]
    private static partial Regex Address { get; }
}
