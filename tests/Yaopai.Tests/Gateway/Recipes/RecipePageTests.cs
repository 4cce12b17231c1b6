using System.Net;
using Yaopai.Errors;
using Yaopai.Server.Gateway.Recipes;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Gateway.Recipes;

/// <summary>Where the lines are shown.</summary>
public sealed class RecipePageTests(RecipeServer fixture) : IClassFixture<RecipeServer>
{
    private readonly Recipe _recipe = RecipeBook.All.Find(OpenApiErrors.Api.AccessTokenInvalid)!
        .At(fixture.Server.Address.GetLeftPart(UriPartial.Authority));

    [Theory]
    [InlineData("zh", "触发方法")]
    [InlineData("en", "Provoke it")]
    public async Task The_page_of_an_error_has_both_lines_with_the_address_it_was_opened_at(string language, string title)
    {
        using var response = await fixture.Server.Http.GetAsync($"/errors/open/110?lang={language}");
        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());

        Assert.Contains($"<h3>{title}</h3>", page);
        Assert.Contains(language is "zh" ? _recipe.CauseZh : _recipe.CauseEn, page);
        Assert.Contains($"<code><span>{_recipe.Real}</span></code>", page);
        Assert.Contains($"<code><span>{_recipe.Forced}</span></code>", page);
        Assert.Contains("; script-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains("/assets/copy.js?v=", page);
    }

    [Fact]
    public async Task Several_lines_stand_one_below_the_other_and_stay_several_when_they_are_copied()
    {
        var recipe = RecipeBook.All.Find(HuaweiAccountErrors.Token.CodeExpired)!;
        var real = recipe.At(fixture.Server.Address.GetLeftPart(UriPartial.Authority)).Real!;
        Assert.Contains('\n', real);

        var page = WebUtility.HtmlDecode(await fixture.Server.Http.GetStringAsync("/errors/huawei/20155"));

        Assert.Contains($"<code><span>{real.Replace("\n", "\n</span><span>")}</span></code>", page);
        Assert.Equal(
            real, (await (await fixture.Server.Http.GetAsync("/errors/huawei/20155.json")).JsonAsync())
                .GetProperty("errors")[0].GetProperty("provoke").GetProperty("real").GetString());
    }

    [Fact]
    public async Task A_page_that_was_kept_from_a_server_without_them_is_not_this_page()
    {
        using var first = await fixture.Server.Http.GetAsync("/errors/open/110");
        Assert.Contains("-recipes", $"{first.Headers.ETag}");
    }

    [Fact]
    public async Task Programs_read_the_lines_in_the_JSON()
    {
        using var response = await fixture.Server.Http.GetAsync("/errors/open/110.json");
        var provoke = (await response.JsonAsync()).GetProperty("errors")[0].GetProperty("provoke");

        Assert.Equal(
            (_recipe.CauseZh, _recipe.CauseEn, _recipe.Real, _recipe.Forced),
            (provoke.GetProperty("cause_zh").GetString(), provoke.GetProperty("cause_en").GetString(),
                provoke.GetProperty("real").GetString(), provoke.GetProperty("forced").GetString()));
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("[::1]:7700", true)]
    [InlineData("yaopai.example:8080", true)]
    [InlineData("$(id).example", false)]
    [InlineData("a;id.example", false)]
    [InlineData("a'b.example", false)]
    public async Task A_host_that_a_shell_would_run_is_put_into_no_line(string host, bool isShown)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/errors/open/110");
        request.Headers.TryAddWithoutValidation("Host", host);
        using var response = await fixture.Server.Http.SendAsync(request);

        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal(isShown, page.Contains($"curl -si http://{host}/open", StringComparison.Ordinal));
        Assert.Equal(isShown, page.Contains("curl", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_sandbox_is_off_nobody_is_told_to_use_it()
    {
        await using var server = await TestServer.StartAsync(fixture.Engine, ("Sandbox:Enabled", "false"));
        using var response = await server.Http.GetAsync("/errors/open/110");

        Assert.DoesNotContain("curl", await response.Content.ReadAsStringAsync());
        Assert.DoesNotContain("script-src", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("provoke", await server.Http.GetStringAsync("/errors/open/110.json"));
    }
}
