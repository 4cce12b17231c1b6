using System.Net.Http.Json;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Sandbox;

/// <summary>One value of an answer, for a shell that reads no JSON.</summary>
public sealed class PlainAnswerTests(SharedServer fixture)
{
    private static readonly object s_code = new { surface = "huawei", client_id = 100000001, user = "mainland" };
    private static readonly object s_tokens = new { surface = "huawei", client_id = 100000001, user = "mainland", scope = "openid" };

    private HttpClient Http => fixture.Server.Http;

    [Theory]
    [InlineData("/sandbox/authorize?plain", "DgEB")]
    [InlineData("/sandbox/authorize?plain=code", "DgEB")]
    [InlineData("/sandbox/tokens?plain", "DgEA")]
    [InlineData("/sandbox/tokens?plain=refresh_token", "DgEC")]
    [InlineData("/sandbox/tokens?plain=expires_in", "3600")]
    public async Task It_is_the_first_value_or_the_one_that_is_named(string address, string begins)
    {
        var response = await Http.PostAsJsonAsync(address, address.Contains("tokens") ? s_tokens : s_code);

        Assert.Equal((200, "text/plain"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal("no-store", $"{response.Headers.CacheControl}");
        Assert.Matches($"^{begins}[^\\s]*$", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/sandbox?plain", "demo")]
    [InlineData("/sandbox?plain=apps.1.client_id", "100000002")]
    public async Task It_may_be_far_down(string address, string expected) =>
        Assert.Equal(expected, await Http.GetStringAsync(address));

    [Fact]
    public async Task Who_accepts_plain_text_alone_gets_the_first()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sandbox") { Headers = { { "Accept", "text/plain" } } };
        Assert.Equal("demo", await (await Http.SendAsync(request)).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/sandbox?plain=nothing")]
    [InlineData("/sandbox?plain=apps")]
    [InlineData("/sandbox?plain=apps.9.client_id")]
    [InlineData("/sandbox?plain=apps.-1.client_id")]
    [InlineData("/sandbox?plain=apps.0.client_id.more")]
    public async Task What_the_answer_does_not_have_is_refused_with_what_it_has(string address)
    {
        var response = await Http.GetAsync(address);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("apps, users, real_names", (await response.JsonAsync()).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_refusal_stays_what_it_is()
    {
        var response = await Http.PostAsJsonAsync("/sandbox/authorize?plain", new { surface = "huawei", client_id = 5 });
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }
}
